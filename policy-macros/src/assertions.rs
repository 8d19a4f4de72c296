//! What one macro cannot see, asked of rustc: one constant for each question, on the token that asked it.

use std::collections::BTreeMap;

use policy_core::check::pairs;
use policy_core::diag::{At, Part, Place, RulePart};
use policy_core::meta::hash;
use policy_core::model::{Expr, Item, Kind, Relation, Source, Table, Tenancy};
use policy_core::syntax::{Expected, Parsed};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::DeriveInput;
use syn::spanned::Spanned;

use crate::expand::field_ident;
use crate::markers::marker;

/// Assertions that rustc evaluates with the item itself.
pub(crate) fn emit(parsed: &Parsed) -> TokenStream {
    let mut out = TokenStream::new();
    for one in &parsed.paths {
        let path = &one.path;
        let span = path.span();
        // A projection, not a call: rustc then says once that the path leads elsewhere, and proposes no parameter for it.
        out.extend(match one.expected {
            Expected::Role => quote_spanned!(span=> const _: () = <#path as ::hedgerow::__private::Role>::IS;),
            Expected::Context => quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Context>::FIELDS; };),
            Expected::Table | Expected::Parent => table_at(path, span),
            // A function is asked for with its arguments, where it is called.
            Expected::Functions => TokenStream::new(),
        });
        if one.expected == Expected::Parent {
            let message = format!("`{}` has no tenant that `through` could follow [H0306]", path.to_string().replace(' ', ""));
            out.extend(quote_spanned!(span=>
                const _: () = ::core::assert!(<#path as ::hedgerow::__private::Table>::HAS_TENANT, #message);
            ));
        }
    }
    if let Some(Item::Table(table)) = &parsed.item {
        let asker = Asker { parsed, table, context: path_of(parsed, Expected::Context) };
        for (part, expr) in predicates(table) {
            asker.expr(expr, part, &mut BTreeMap::new(), &mut out);
        }
        asker.defaults(&mut out);
        asker.through(&mut out);
    }
    out
}

/// Whether a path leads to a table.
fn table_at(path: &TokenStream, span: Span) -> TokenStream {
    quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Table>::COLUMNS; };)
}

fn path_of(parsed: &Parsed, expected: Expected) -> Option<&TokenStream> {
    parsed.paths.iter().find(|one| one.expected == expected).map(|one| &one.path)
}

/// Every predicate of a table, with its part.
fn predicates(table: &Table) -> Vec<(Part, &Expr)> {
    let mut all = Vec::new();
    if let Tenancy::Own { predicate, .. } = &table.tenancy {
        all.push((Part::Tenant, predicate));
    }
    for (i, rule) in table.rules.iter().enumerate() {
        all.extend(rule.using.iter().map(|using| (Part::Rule(i, RulePart::Using), using)));
        all.extend(rule.with_check.iter().map(|check| (Part::Rule(i, RulePart::WithCheck), check)));
    }
    all
}

/// The items behind the aliases of a predicate, with the token that named them.
type Aliases = BTreeMap<String, (String, Span)>;

struct Asker<'a> {
    parsed: &'a Parsed,
    table: &'a Table,
    context: Option<&'a TokenStream>,
}

impl Asker<'_> {
    fn span(&self, part: Part, at: At) -> Span {
        self.parsed.origins.span(Place::Predicate(part, at.into())).0
    }

    fn expr(&self, expr: &Expr, part: Part, aliases: &mut Aliases, out: &mut TokenStream) {
        let before = aliases.clone();
        if let Some(query) = expr.query() {
            for (source, alias, at) in query.sources() {
                let Source::Item(item) = source else { continue };
                let span = self.span(part, at);
                aliases.insert(alias.to_owned(), (item.clone(), span));
                out.extend(table_at(&proc_macro2::Ident::new(item, span).to_token_stream(), span));
            }
        }
        if let Kind::Ctx(_) | Kind::Column(..) = &expr.kind
            && let Some(value) = self.value(expr, aliases, self.span(part, expr.at))
        {
            let span = self.span(part, expr.at);
            out.extend(quote_spanned!(span=> const _: () = { let _ = &#value; };));
        }
        for (left, right, element) in pairs(expr) {
            self.compare(left, right, element, part, aliases, out);
        }
        for child in expr.children() {
            self.expr(child, part, aliases, out);
        }
        *aliases = before;
    }

    /// Whether two operands compare: where one of them is another item's.
    fn compare(&self, left: &Expr, right: &Expr, element: bool, part: Part, aliases: &Aliases, out: &mut TokenStream) {
        let own = |expr: &Expr| matches!(expr.kind, Kind::Own(_));
        // The arrow goes to the side that is not this table's column.
        let span = self.span(part, if own(right) && !element { left.at } else { right.at });
        let (Some(a), Some(b)) = (self.value(left, aliases, span), self.value(right, aliases, span)) else { return };
        let (a, b) = if own(right) && !element { (b, a) } else { (a, b) };
        let function = if element { quote_spanned!(span=> compare_any) } else { quote_spanned!(span=> compare) };
        out.extend(quote_spanned!(span=> const _: () = ::hedgerow::__private::#function(&#a, &#b);));
    }

    /// The marker value of an operand: own column, another table's column, context field.
    fn value(&self, expr: &Expr, aliases: &Aliases, span: Span) -> Option<TokenStream> {
        match &expr.kind {
            Kind::Own(name) => {
                let column = self.table.column(name)?;
                let rust = self.parsed.fields.iter().find(|field| field.name == column.field).map(|field| &field.rust)?;
                Some(marker(&column.kind, rust, span).1)
            }
            Kind::Ctx(field) => {
                let (context, field) = (self.context?, field_ident(field, span)?);
                Some(quote_spanned!(span=> <#context as ::hedgerow::__private::Context>::FIELDS.#field))
            }
            Kind::Column(alias, column) => {
                let (item, item_span) = aliases.get(alias)?;
                let (item, column) = (proc_macro2::Ident::new(item, *item_span), field_ident(column, span)?);
                Some(quote_spanned!(span=> <#item as ::hedgerow::__private::Table>::COLUMNS.#column))
            }
            _ => None,
        }
    }

    /// `default(ctx.field)` is a field and compares with the column.
    fn defaults(&self, out: &mut TokenStream) {
        for (i, column) in self.table.columns.iter().enumerate() {
            let Some(default) = &column.default else { continue };
            let own = Expr::new(Kind::Own(column.name.as_str().to_owned()));
            self.compare(&own, default, false, Part::ColumnDefault(i), &Aliases::new(), out);
        }
    }

    /// `through(fk = Parent.key)`: the key exists and compares with the own column.
    fn through(&self, out: &mut TokenStream) {
        let (Tenancy::Through { column, key, .. }, Some((_, written))) = (&self.table.tenancy, &self.parsed.origins.through) else {
            return;
        };
        let span = written.span();
        let (Some(parent), Some(key), Some(column)) =
            (path_of(self.parsed, Expected::Parent), field_ident(key, span), self.table.column(column.as_str()))
        else {
            return;
        };
        let Some(rust) = self.parsed.fields.iter().find(|field| field.name == column.field).map(|field| &field.rust) else { return };
        let own = marker(&column.kind, rust, span).1;
        out.extend(quote_spanned!(span=>
            const _: () = ::hedgerow::__private::compare(&#own, &<#parent as ::hedgerow::__private::Table>::COLUMNS.#key);
        ));
    }
}

/// What the string form names: known only to the set, so `policy_set!` evaluates it.
pub(crate) fn check(input: &DeriveInput, parsed: &Parsed) -> TokenStream {
    let mut asserts = TokenStream::new();
    if let Some(Item::Table(table)) = &parsed.item {
        for (part, expr) in predicates(table) {
            expr_names(expr, part, parsed, &mut BTreeMap::new(), &mut asserts);
        }
    }
    let ident = &input.ident;
    let (_, type_generics, clause) = input.generics.split_for_impl();
    let lifetimes = input.generics.lifetimes();
    let body = if asserts.is_empty() { quote!() } else { quote!(const OK: () = { #asserts };) };
    quote! {
        #[automatically_derived]
        impl<#(#lifetimes,)* __Set: ::hedgerow::__private::Set> ::hedgerow::__private::Check<__Set> for #ident #type_generics #clause { #body }
    }
}

fn expr_names(expr: &Expr, part: Part, parsed: &Parsed, aliases: &mut BTreeMap<String, Relation>, out: &mut TokenStream) {
    let before = aliases.clone();
    if let Some(query) = expr.query() {
        for (source, alias, at) in query.sources() {
            let Source::Relation(relation) = source else { continue };
            aliases.insert(alias.to_owned(), relation.clone());
            let message = format!("no item of the policy set declares the table `{relation}` [H0304]");
            let text = format!("{}.{}", relation.schema, relation.name);
            out.extend(assert_name(&text, &message, parsed, part, at));
        }
    }
    if let Kind::Column(alias, column) = &expr.kind
        && let Some(relation) = aliases.get(alias)
    {
        let message = format!("the table `{relation}` has no column `{column}` [H0305]");
        let text = format!("{}.{}\0{column}", relation.schema, relation.name);
        out.extend(assert_name(&text, &message, parsed, part, expr.at));
    }
    for child in expr.children() {
        expr_names(child, part, parsed, aliases, out);
    }
    *aliases = before;
}

fn assert_name(text: &str, message: &str, parsed: &Parsed, part: Part, at: At) -> TokenStream {
    let span = parsed.origins.span(Place::Predicate(part, at.into())).0;
    let hash = hash::of(text);
    quote_spanned!(span=>
        ::core::assert!(::hedgerow::__private::hash::holds(<__Set as ::hedgerow::__private::Set>::NAMES, #hash), #message);
    )
}
