//! What one macro cannot see, asked of rustc: one constant for each question, on the token that asked it.

use std::collections::BTreeMap;

use policy_core::check::{of_one_row, pairs};
use policy_core::diag::{At, LogPart, Part, Place, RulePart, TriggerPart};
use policy_core::meta::hash;
use policy_core::model::{Column, Context, ContextSource, Expr, Item, Kind, Query, Relation, Routine, Source, Table, Tenancy, View};
use policy_core::syntax::{Expected, Parsed};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::DeriveInput;
use syn::spanned::Spanned;

use crate::expand::field_ident;
use crate::functions::call_name;
use crate::markers::{marker, unchecked};

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
            Expected::Functions => functions_at(path, span),
        });
        out.extend(one.member.as_ref().map(|member| member_of(one.expected, path, member)));
        if one.expected == Expected::Parent {
            let message = format!("`{}` has no tenant that `through` could follow [H0306]", path.to_string().replace(' ', ""));
            out.extend(quote_spanned!(span=>
                const _: () = ::core::assert!(<#path as ::hedgerow::__private::Table>::HAS_TENANT, #message);
            ));
        }
    }
    let context = path_of(parsed, Expected::Context);
    match &parsed.item {
        Some(Item::Table(table)) => {
            let asker = Asker { parsed, table: Some(table), context };
            for (part, expr) in predicates(table) {
                asker.expr(expr, part, &mut BTreeMap::new(), &mut out);
            }
            asker.defaults(table, &mut out);
            asker.through(table, &mut out);
            asker.triggers_and_log(table, &mut out);
        }
        Some(Item::View(View { query: Some(query), columns, .. })) => {
            Asker { parsed, table: None, context }.view(query, columns, &mut out);
        }
        Some(Item::Context(context)) => reads(context, parsed, &mut out),
        _ => {}
    }
    out
}

/// `read = Trait.function`: without arguments, and what it returns compares with the field.
fn reads(context: &Context, parsed: &Parsed, out: &mut TokenStream) {
    let mut paths = parsed.paths.iter().filter_map(|one| Some((&one.path, one.member.as_ref()?)));
    for field in context.fields.iter().filter(|field| matches!(field.source, ContextSource::Routine(..))) {
        let Some((path, member)) = paths.next() else { return };
        let Some(own) = parsed.fields.iter().find(|one| one.name == field.name) else { return };
        let span = member.span();
        let own = marker(&own.kind, &own.rust, span).1;
        out.extend(quote_spanned!(span=>
            const _: () = ::hedgerow::__private::routine::read(&<#path as ::hedgerow::__private::Functions>::FUNCTIONS.#member, &#own);
        ));
    }
}

/// Whether a path leads to a table.
fn table_at(path: &TokenStream, span: Span) -> TokenStream {
    quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Table>::COLUMNS; };)
}

/// Whether a path leads to a trait of functions.
fn functions_at(path: &TokenStream, span: Span) -> TokenStream {
    quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Functions>::FUNCTIONS; };)
}

/// Whether an item has a column or a function of that name.
fn member_of(expected: Expected, path: &TokenStream, member: &proc_macro2::Ident) -> TokenStream {
    let span = member.span();
    match expected {
        Expected::Functions => {
            quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Functions>::FUNCTIONS.#member; };)
        }
        _ => quote_spanned!(span=> const _: () = { let _ = &<#path as ::hedgerow::__private::Table>::COLUMNS.#member; };),
    }
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
    for (i, never) in table.nevers.iter().enumerate() {
        all.extend(never.using.iter().map(|using| (Part::NeverUsing(i), using)));
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
    /// Whose columns are named without an alias; none in a view.
    table: Option<&'a Table>,
    context: Option<&'a TokenStream>,
}

impl Asker<'_> {
    fn span(&self, part: Part, at: At) -> Span {
        self.parsed.origins.span(Place::Predicate(part, at.into())).0
    }

    /// The query of a view, and that each plain column of it compares with its field.
    fn view(&self, query: &Query, columns: &[Column], out: &mut TokenStream) {
        let mut aliases = Aliases::new();
        let whole = Expr::new(Kind::Scalar(Box::new(query.clone())));
        self.expr(&whole, Part::Query, &mut aliases, out);
        self.sources(query, Part::Query, &mut aliases);
        for (output, column) in query.columns.iter().zip(columns) {
            let span = self.span(Part::Query, output.at);
            let Some(value) = self.value(output, &aliases, span) else { continue };
            let Some((_, own)) = self.marker(column, span) else { continue };
            out.extend(quote_spanned!(span=> const _: () = ::hedgerow::__private::reads(&#value, &#own);));
        }
    }

    /// Brings the items of a query into scope, and asks for each whether it is a table.
    fn sources(&self, query: &Query, part: Part, aliases: &mut Aliases) -> TokenStream {
        let mut out = TokenStream::new();
        for (source, alias, at) in query.sources() {
            let Source::Item(item) = source else { continue };
            let span = self.span(part, at);
            aliases.insert(alias.to_owned(), (item.clone(), span));
            out.extend(table_at(&proc_macro2::Ident::new(item, span).to_token_stream(), span));
        }
        out
    }

    fn expr(&self, expr: &Expr, part: Part, aliases: &mut Aliases, out: &mut TokenStream) {
        let before = aliases.clone();
        if let Some(query) = expr.query() {
            out.extend(self.sources(query, part, aliases));
        }
        if let Kind::Ctx(_) | Kind::Column(..) = &expr.kind
            && let Some(value) = self.value(expr, aliases, self.span(part, expr.at))
        {
            let span = self.span(part, expr.at);
            out.extend(quote_spanned!(span=> const _: () = { let _ = &#value; };));
        }
        if let Kind::Routine(routine, args) = &expr.kind {
            self.call(expr, routine, args, part, aliases, out);
        }
        for (left, right, element) in pairs(expr) {
            self.compare(left, right, element, part, aliases, out);
        }
        for child in expr.children() {
            self.expr(child, part, aliases, out);
        }
        *aliases = before;
    }

    /// Whether the values of a call fit the function.
    fn call(&self, expr: &Expr, routine: &Routine, args: &[Expr], part: Part, aliases: &Aliases, out: &mut TokenStream) {
        let span = self.span(part, expr.at);
        let Some(function) = function_of(routine, span) else { return };
        let values = args.iter().map(|arg| {
            let span = self.span(part, arg.at);
            self.value(arg, aliases, span).unwrap_or_else(|| unchecked(span).1)
        });
        out.extend(quote_spanned!(span=> const _: () = ::hedgerow::__private::routine::call(&#function, &(#(#values,)*));));
    }

    /// Whether two operands compare: where one of them is another item's.
    fn compare(&self, left: &Expr, right: &Expr, element: bool, part: Part, aliases: &Aliases, out: &mut TokenStream) {
        let own = |expr: &Expr| matches!(expr.kind, Kind::Own(_));
        // What the macro sees it has judged itself.
        if own(left) && own(right) {
            return;
        }
        // The arrow goes to the side that is not this table's column.
        let span = self.span(part, if own(right) && !element { left.at } else { right.at });
        let (Some(a), Some(b)) = (self.value(left, aliases, span), self.value(right, aliases, span)) else { return };
        let (a, b) = if own(right) && !element { (b, a) } else { (a, b) };
        let function = match self.array(right, span) {
            _ if !element => quote_spanned!(span=> compare),
            Some(array) => quote_spanned!(span=> compare_any::<_, #array>),
            None => quote_spanned!(span=> compare_any),
        };
        out.extend(quote_spanned!(span=> const _: () = ::hedgerow::__private::#function(&#a, &#b);));
    }

    /// The marker value of an operand: own column, another table's column, context field.
    fn value(&self, expr: &Expr, aliases: &Aliases, span: Span) -> Option<TokenStream> {
        match &expr.kind {
            Kind::Own(name) => Some(self.marker(self.table?.column(name)?, span)?.1),
            Kind::Ctx(field) => {
                let (context, field) = (self.context?, field_ident(field, span)?);
                Some(quote_spanned!(span=> <#context as ::hedgerow::__private::Context>::FIELDS.#field))
            }
            Kind::Column(alias, column) => {
                let (item, item_span) = aliases.get(alias)?;
                let (item, column) = (proc_macro2::Ident::new(item, *item_span), field_ident(column, span)?);
                Some(quote_spanned!(span=> <#item as ::hedgerow::__private::Table>::COLUMNS.#column))
            }
            Kind::Routine(routine, _) => function_of(routine, span).map(|function| quote_spanned!(span=> #function.returns)),
            _ => None,
        }
    }

    /// The rows of a trigger's condition are rows of this table; what a log takes from the context fits its columns.
    fn triggers_and_log(&self, table: &Table, out: &mut TokenStream) {
        for (i, trigger) in table.triggers.iter().enumerate() {
            if let Some(when) = &trigger.when {
                self.expr(&of_one_row(when), Part::Trigger(i, TriggerPart::When), &mut BTreeMap::new(), out);
            }
        }
        for (i, (column, value)) in table.log.iter().flat_map(|log| &log.by).enumerate() {
            let own = Expr::new(Kind::Own(column.as_str().to_owned()));
            self.compare(&own, value, false, Part::Log(LogPart::By(i)), &BTreeMap::new(), out);
        }
    }

    /// The type of an own column that is searched: its value does not tell rustc what its elements are.
    fn array(&self, expr: &Expr, span: Span) -> Option<TokenStream> {
        let Kind::Own(name) = &expr.kind else { return None };
        Some(self.marker(self.table?.column(name)?, span)?.0)
    }

    /// The marker of a column of this item, and its value, by its type as written: the other side may be an item of which
    /// nothing is known here.
    fn marker(&self, column: &Column, span: Span) -> Option<(TokenStream, TokenStream)> {
        let field = self.parsed.fields.iter().find(|field| field.name == column.field)?;
        Some(marker(&field.kind, &field.rust, span))
    }

    /// `default(ctx.field)` is a field and compares with the column.
    fn defaults(&self, table: &Table, out: &mut TokenStream) {
        for (i, column) in table.columns.iter().enumerate() {
            let Some(default) = &column.default else { continue };
            let own = Expr::new(Kind::Own(column.name.as_str().to_owned()));
            self.compare(&own, default, false, Part::ColumnDefault(i), &Aliases::new(), out);
        }
    }

    /// `through(fk = Parent.key)`: the key exists and compares with the own column.
    fn through(&self, table: &Table, out: &mut TokenStream) {
        let (Tenancy::Through { column, key, .. }, Some((_, written))) = (&table.tenancy, &self.parsed.origins.through) else {
            return;
        };
        let span = written.span();
        let (Some(parent), Some(key), Some(column)) =
            (path_of(self.parsed, Expected::Parent), field_ident(key, span), table.column(column.as_str()))
        else {
            return;
        };
        let Some((_, own)) = self.marker(column, span) else { return };
        out.extend(quote_spanned!(span=>
            const _: () = ::hedgerow::__private::compare(&#own, &<#parent as ::hedgerow::__private::Table>::COLUMNS.#key);
        ));
    }
}

/// `Trait.method` as its marker; a name in SQL is known to the set alone.
fn function_of(routine: &Routine, span: Span) -> Option<TokenStream> {
    let Routine::Method(item, method) = routine else { return None };
    let (item, method) = (proc_macro2::Ident::new(item, span), field_ident(method, span)?);
    Some(quote_spanned!(span=> <#item as ::hedgerow::__private::Functions>::FUNCTIONS.#method))
}

/// What the string form names: known only to the set, so `policy_set!` evaluates it.
pub(crate) fn check(input: &DeriveInput, parsed: &Parsed) -> TokenStream {
    let mut asserts = TokenStream::new();
    match &parsed.item {
        Some(Item::Table(table)) => {
            for (part, expr) in predicates(table) {
                expr_names(expr, part, parsed, &mut BTreeMap::new(), &mut asserts);
            }
        }
        Some(Item::View(View { query: Some(query), .. })) => {
            let whole = Expr::new(Kind::Scalar(Box::new(query.clone())));
            expr_names(&whole, Part::Query, parsed, &mut BTreeMap::new(), &mut asserts);
        }
        _ => {}
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
    if let Kind::Routine(Routine::Named(name), args) = &expr.kind {
        let message = format!("no item of the policy set declares a function `{name}` of {} [H0221]", of(args.len()));
        out.extend(assert_name(&call_name(name, args.len()), &message, parsed, part, expr.at));
    }
    for child in expr.children() {
        expr_names(child, part, parsed, aliases, out);
    }
    *aliases = before;
}

fn of(arguments: usize) -> String {
    if arguments == 1 { "one argument".to_owned() } else { format!("{arguments} arguments") }
}

fn assert_name(text: &str, message: &str, parsed: &Parsed, part: Part, at: At) -> TokenStream {
    let span = parsed.origins.span(Place::Predicate(part, at.into())).0;
    let hash = hash::of(text);
    quote_spanned!(span=>
        ::core::assert!(::hedgerow::__private::hash::holds(<__Set as ::hedgerow::__private::Set>::NAMES, #hash), #message);
    )
}
