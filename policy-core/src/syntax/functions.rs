//! `#[functions(..)]` on a trait: signatures of functions, what they run as, who may execute them.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::columns::name;
use super::entry::{Entry, Keys, Value, chunks, entries, member};
use super::origins::Tokens;
use super::rust_type::{argument_of, innermost, sql_type};
use super::signature::Signature;
use super::table::allows;
use super::{Cx, Expected, FieldType, Files, FunctionsTrait, Keep, Known, MethodTypes, Parsed, attribute_entries, finish, judged, unraw};
use crate::diag::{Diagnostic, FunctionPart, Part, Place, codes, listed, nearest};
use crate::model::{Argument, Body, Function, Functions, Grantee, Ident, Item, Returns, RowOf, SqlType, Volatility};

/// What a trait says for all of its functions, and a function for itself.
const COMMON: &[&str] = &["definer", "search_path", "language", "volatility"];
const OF_TRAIT: &[&str] = &["schema", "external", "definer", "search_path", "language", "volatility"];
const OF_METHOD: &[&str] = &["name", "returns", "body", "body_file", "visible", "definer", "search_path", "language", "volatility"];

/// Reads a trait with `#[functions(arguments)]`; the arguments are empty where the attribute is still among its own.
#[must_use]
pub fn parse_functions(arguments: TokenStream, input: &FunctionsTrait, files: &Files, known: &Known) -> Parsed {
    let mut cx = Cx::new(Files::clone(files), known.clone());
    cx.origins.part(Part::Item, &input.ident);
    let mut written = entries(arguments, &mut cx);
    for attribute in input.attributes.iter().filter(|attribute| FunctionsTrait::is_ours(attribute)) {
        match &attribute.meta {
            syn::Meta::List(list) => written.extend(entries(list.tokens.clone(), &mut cx)),
            syn::Meta::Path(_) => {}
            other => {
                cx.at(codes::MALFORMED, other, "`#[functions]` takes a list").help("write `#[functions(..)]`").keep(&mut cx);
            }
        }
    }
    let read = functions(input, written, &mut cx).map(Item::Functions);
    let item = judged(read, &mut cx);
    finish(unraw(&input.ident), item, cx)
}

/// What is said of `#[functions]` on anything else than a trait.
#[must_use]
pub fn not_a_trait() -> Diagnostic {
    Diagnostic::new(codes::UNSUPPORTED_ITEM, Place::Part(Part::Item), "`#[functions]` is for a trait")
        .help("write `trait Name { fn function(argument: Type) -> Type; }`")
}

fn functions(input: &FunctionsTrait, written: Vec<Entry>, cx: &mut Cx) -> Option<Functions> {
    let unread = cx.failed();
    let keys = Keys::sort(written, OF_TRAIT, &["grant", "allow"], "`#[functions(..)]`", cx);
    if keys.lacks("schema") && !unread {
        cx.at(codes::MISSING_KEY, &input.ident, "`#[functions(..)]` without `schema`")
            .help("name the schema of the functions: `schema = \"public\"`")
            .keep(cx);
    }
    let schema = keys.get("schema").and_then(|entry| entry.text(cx)).and_then(|(text, tokens)| {
        cx.origins.part(Part::Name, tokens);
        name(&text, tokens, cx)
    });
    let external = keys.flag("external", cx);
    if external {
        not_external(&keys, cx);
    }
    let common = Common::read(&keys, cx);
    let allows = allows(&keys, cx);
    let mut found: Vec<Function> = Vec::new();
    let mut methods: Vec<String> = Vec::new();
    for signature in input.signatures(cx) {
        let method = unraw(&signature.ident);
        if methods.contains(&method) {
            cx.at(codes::DUPLICATE_KEY, &signature.ident, format!("`{method}` stands twice"))
                .help("overloads are methods of different names with one `#[function(name = \"..\")]`")
                .keep(cx);
            continue;
        }
        methods.push(method);
        found.extend(Method { index: found.len(), signature: &signature, external, common: &common }.read(cx));
    }
    if methods.is_empty() && !cx.failed() {
        cx.at(codes::MISSING_KEY, &input.ident, format!("`{}` has no functions", input.ident))
            .help("a function is written `fn name(argument: Type) -> Type;`")
            .keep(cx);
    }
    Some(Functions { item: unraw(&input.ident), schema: schema?, external, functions: found, allows })
}

/// What is external is called and never altered.
fn not_external(keys: &Keys, cx: &mut Cx) {
    for key in ["definer", "search_path", "grant", "visible"] {
        for entry in keys.all(key) {
            cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{key}` on an external function"))
                .note("what is external is referred to and never altered")
                .help("remove it, or remove `external` if the functions are ours")
                .keep(cx);
        }
    }
}

/// A value and the tokens that said it.
type Said<T> = Option<(T, Tokens)>;

#[derive(Default)]
struct Common {
    definer: Said<String>,
    search_path: Said<Vec<Ident>>,
    language: Said<Ident>,
    volatility: Said<Volatility>,
    grants: Vec<(Grantee, Tokens)>,
}

impl Common {
    fn read(keys: &Keys, cx: &mut Cx) -> Common {
        let definer = keys.get("definer").and_then(|entry| Some((entry.path(Expected::Role, cx)?, entry.tokens)));
        let search_path = keys.get("search_path").and_then(|entry| search_path(entry, cx));
        let language = keys.get("language").and_then(|entry| entry.text(cx)).and_then(|(text, at)| Some((name(&text, at, cx)?, at)));
        let volatility = keys.get("volatility").and_then(|entry| volatility(entry, cx));
        let grants = keys.all("grant").flat_map(|entry| grant(entry, cx)).collect();
        Common { definer, search_path, language, volatility, grants }
    }
}

/// `search_path = "queues, pg_temp"`: `pg_temp` comes last whether it is written or not.
fn search_path(entry: &Entry, cx: &mut Cx) -> Said<Vec<Ident>> {
    let (text, tokens) = entry.text(cx)?;
    let mut path = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let quoted = part.strip_prefix('"').and_then(|part| part.strip_suffix('"')).map(|part| part.replace("\"\"", "\""));
        path.push(name(&quoted.unwrap_or_else(|| part.to_lowercase()), tokens, cx)?);
    }
    path.pop_if(|last| last.as_str() == "pg_temp");
    if path.is_empty() {
        path.push(name("pg_catalog", tokens, cx)?);
    }
    Some((path, entry.tokens))
}

fn volatility(entry: &Entry, cx: &mut Cx) -> Said<Volatility> {
    let known = || Volatility::ALL.iter().map(|one| one.word());
    let written = if let Value::Assign(tokens) = &entry.value { syn::parse2::<syn::Ident>(tokens.clone()).ok() } else { None };
    let found = written.as_ref().and_then(|word| Volatility::from_word(&word.to_string()));
    if found.is_none() {
        let near = written.and_then(|word| nearest(&word.to_string(), known()).map(|near| format!("did you mean `{near}`?")));
        cx.at(codes::MALFORMED, entry.tokens, "`volatility` is written `volatility = stable`")
            .maybe_help(near)
            .help(format!("the words are {}", listed(known())))
            .keep(cx);
    }
    found.map(|found| (found, entry.tokens))
}

/// `grant(execute, to = ..)`.
fn grant(entry: &Entry, cx: &mut Cx) -> Vec<(Grantee, Tokens)> {
    let Some(list) = entry.list(cx) else { return Vec::new() };
    let (privileges, options): (Vec<Entry>, Vec<Entry>) = entries(list, cx).into_iter().partition(|one| matches!(one.value, Value::Flag));
    for one in privileges.iter().filter(|one| one.name != "execute") {
        cx.at(codes::UNKNOWN_COMMAND, &one.key, format!("`{}` is not a privilege on functions", one.name)).help("write `execute`").keep(cx);
    }
    let keys = Keys::sort(options, &["to"], &[], "`grant(..)`", cx);
    match keys.get("to") {
        Some(to) if !privileges.is_empty() => return to.grantees(cx),
        Some(_) => {
            cx.at(codes::MISSING_KEY, entry.tokens, "`grant(..)` without a privilege").help("say what: `execute`").keep(cx);
        }
        None if keys.lacks("to") => {
            cx.at(codes::MISSING_KEY, entry.tokens, "`grant(..)` without `to`")
                .help("say to whom: `to = Role`, `to = [Role, ..]`, or `to = PUBLIC` for every role")
                .keep(cx);
        }
        None => {}
    }
    Vec::new()
}

/// One method, the `index`th of those that could be read.
struct Method<'a> {
    index: usize,
    signature: &'a Signature,
    external: bool,
    common: &'a Common,
}

impl Method<'_> {
    fn read(&self, cx: &mut Cx) -> Option<Function> {
        let part = |part| Part::Function(self.index, part);
        let ident = &self.signature.ident;
        cx.origins.part(part(FunctionPart::Whole), ident);
        let written = attribute_entries(&self.signature.attributes, "function", cx);
        let keys = Keys::sort(written, OF_METHOD, &["grant"], "`#[function(..)]`", cx);
        if self.external {
            not_external(&keys, cx);
        }
        let own = Common::read(&keys, cx);
        let method = unraw(ident);
        let called = match keys.get("name").and_then(|entry| entry.text(cx)) {
            Some((text, tokens)) => name(&text, tokens, cx),
            None => name(&method, Tokens::from(ident), cx),
        };
        let (args, mut types) = self.arguments(&method, cx);
        let returns = self.returns(&keys, &mut types, cx);
        cx.methods.push(types);
        let body = self.body(&keys, cx);
        let visible = matches!(body, Some(Body::Visible(_)));
        let place = |said: &Said<_>, own: &Said<_>| own.as_ref().or(said.as_ref()).map(|(_, tokens): &(_, Tokens)| *tokens);
        if let Some(tokens) = place(&self.common.definer, &own.definer) {
            cx.origins.part(part(FunctionPart::Definer), tokens);
        }
        if let Some((_, tokens)) = own.search_path.as_ref().or(self.common.search_path.as_ref()) {
            cx.origins.part(part(FunctionPart::Path), *tokens);
        }
        let value = |own: Said<String>, all: &Said<String>| own.or_else(|| all.clone()).map(|(value, _)| value);
        let definer = value(own.definer, &self.common.definer).filter(|_| !visible);
        let path = own.search_path.or_else(|| self.common.search_path.clone()).map(|(path, _)| path);
        let trigger = returns.as_ref().is_some_and(|returns| *returns == Returns::Trigger);
        let language = own.language.or_else(|| self.common.language.clone()).map(|(language, _)| language).filter(|_| !visible);
        let volatility = own.volatility.or(self.common.volatility).map(|(volatility, _)| volatility);
        Some(Function {
            method,
            name: called?,
            args: args?,
            returns: returns?,
            definer,
            search_path: if visible { path.or_else(|| Some(vec![Ident::new("pg_catalog").ok()?])) } else { path },
            language: language.or_else(|| Ident::new(if trigger { "plpgsql" } else { "sql" }).ok())?,
            volatility: volatility.unwrap_or(if visible { Volatility::Stable } else { Volatility::Volatile }),
            body,
            grants: self.grants(own.grants, cx),
        })
    }

    /// What the trait grants, and more.
    fn grants(&self, own: Vec<(Grantee, Tokens)>, cx: &mut Cx) -> Vec<Grantee> {
        let mut found: Vec<Grantee> = Vec::new();
        for (grantee, tokens) in self.common.grants.iter().cloned().chain(own) {
            if !found.contains(&grantee) {
                cx.origins.part(Part::Function(self.index, FunctionPart::To(found.len())), tokens);
                found.push(grantee);
            }
        }
        found
    }

    fn arguments(&self, method: &str, cx: &mut Cx) -> (Option<Vec<Argument>>, MethodTypes) {
        let mut types = MethodTypes { name: method.to_owned(), args: Vec::new(), returns: None };
        let mut found: Option<Vec<Argument>> = Some(Vec::new());
        for (i, (ident, kind)) in self.signature.arguments.iter().enumerate() {
            cx.origins.part(Part::Function(self.index, FunctionPart::Argument(i)), Tokens::from(ident));
            let field = typed(kind, kind, cx);
            let argument = name(&unraw(ident), Tokens::from(ident), cx).zip(field.clone()).map(|(name, (kind, nullable))| Argument {
                name,
                kind,
                nullable,
            });
            if let (Some(all), Some(argument)) = (&found, &argument)
                && all.iter().any(|other| other.name == argument.name)
            {
                cx.at(codes::DUPLICATE_KEY, ident, format!("two arguments are called `{ident}`")).help("rename one").keep(cx);
            }
            found = found.zip(argument).map(|(all, one)| all.into_iter().chain([one]).collect());
            let kind_of = field.map_or_else(super::columns::unread, |(kind, _)| kind);
            types.args.push(FieldType { name: unraw(ident), kind: kind_of, rust: innermost(kind).to_token_stream() });
        }
        (found, types)
    }

    /// `-> Type`, `-> SetOf<Type>`, or `returns = ".."`.
    fn returns(&self, keys: &Keys, types: &mut MethodTypes, cx: &mut Cx) -> Option<Returns> {
        if let Some(entry) = keys.get("returns") {
            let (text, tokens) = entry.text(cx)?;
            if self.signature.returns.is_some() {
                cx.at(codes::NOT_ALLOWED_HERE, &entry.key, "`returns` beside a return type").help("keep one of them").keep(cx);
            }
            let returns = in_sql(&text, tokens, cx)?;
            types.returns = Some((returns.clone(), TokenStream::new()));
            return Some(returns);
        }
        let Some(kind) = &self.signature.returns else {
            types.returns = Some((Returns::Void, TokenStream::new()));
            return Some(Returns::Void);
        };
        if matches!(kind, syn::Type::Tuple(tuple) if tuple.elems.is_empty()) {
            types.returns = Some((Returns::Void, TokenStream::new()));
            return Some(Returns::Void);
        }
        let rows = argument_of(kind, "SetOf");
        let element = rows.unwrap_or(kind);
        let (found, _) = typed(element, kind, cx)?;
        let returns = if rows.is_some() { Returns::Set(found) } else { Returns::One(found) };
        types.returns = Some((returns.clone(), innermost(element).to_token_stream()));
        Some(returns)
    }

    /// `body = ".."`, `body_file = ".."`, `visible(Item.key, ..)`, or none of them.
    fn body(&self, keys: &Keys, cx: &mut Cx) -> Option<Body> {
        let said: Vec<&Entry> = ["body", "body_file", "visible"].iter().filter_map(|key| keys.get(key)).collect();
        let [first, others @ ..] = said.as_slice() else { return None };
        for other in others {
            cx.at(codes::NOT_ALLOWED_HERE, &other.key, format!("`{}` beside `{}`", other.name, first.name))
                .help("keep one of them")
                .keep(cx);
        }
        cx.origins.part(Part::Function(self.index, FunctionPart::Body), first.tokens);
        match first.name.as_str() {
            "visible" => {
                for key in COMMON.iter().filter(|key| **key != "search_path") {
                    for entry in keys.all(key) {
                        cx.at(codes::NOT_ALLOWED_HERE, &entry.key, format!("`{key}` beside `visible`"))
                            .note("the body of such a function is generated: SQL, STABLE, and run as whoever asks")
                            .help("remove it")
                            .keep(cx);
                    }
                }
                visible(first, cx).map(Body::Visible)
            }
            key => {
                let (text, tokens) = first.text(cx)?;
                let text = if key == "body_file" { cx.file(&text, tokens)? } else { text };
                if text.contains('\0') || text.trim().is_empty() {
                    cx.at(codes::MALFORMED, tokens, "a body that is empty or holds a NUL byte")
                        .help("write the text of the function")
                        .keep(cx);
                    return None;
                }
                Some(Body::Text(text.replace("\r\n", "\n").trim().to_owned()))
            }
        }
    }
}

/// `visible(Todo.id, Note.id)`.
fn visible(entry: &Entry, cx: &mut Cx) -> Option<Vec<RowOf>> {
    let rows = chunks(entry.list(cx)?);
    if rows.is_empty() {
        entry.malformed("visible(Item.key, ..)", cx);
        return None;
    }
    let mut found: Vec<RowOf> = Vec::new();
    for chunk in rows {
        let tokens: TokenStream = chunk.into_iter().collect();
        let at = Tokens::of(tokens.clone());
        let Some((item, key)) = member(tokens, Expected::Table, cx) else { continue };
        if found.iter().any(|row| row.item == item) {
            cx.at(codes::TWICE_IN_LIST, at, format!("`{item}` is listed twice")).help("remove one").keep(cx);
            continue;
        }
        found.push(RowOf { item, key, copy: Vec::new() });
    }
    Some(found)
}

/// The SQL type of a Rust type; the fault is at `whole`.
fn typed(kind: &syn::Type, whole: &syn::Type, cx: &mut Cx) -> Option<(SqlType, bool)> {
    match sql_type(kind) {
        Ok(found) => Some(found),
        Err(why) => {
            cx.at(codes::UNKNOWN_TYPE, whole, why).help("what a function returns can be named in SQL: `returns = \"..\"`").keep(cx);
            None
        }
    }
}

/// `trigger`, `void`, `setof text`, `text`.
fn in_sql(text: &str, tokens: Tokens, cx: &mut Cx) -> Option<Returns> {
    let folded = text.trim().to_lowercase();
    let rows = folded.starts_with("setof ").then(|| text.trim().chars().skip("setof ".len()).collect::<String>());
    match folded.as_str() {
        "trigger" => return Some(Returns::Trigger),
        "void" => return Some(Returns::Void),
        _ => {}
    }
    match SqlType::parse(rows.as_deref().unwrap_or(text)) {
        Ok(kind) => Some(if rows.is_some() { Returns::Set(kind) } else { Returns::One(kind) }),
        Err(why) => {
            cx.at(codes::BAD_TYPE_TEXT, tokens, why).help("write a type of SQL: `text`, `setof uuid`, `trigger`").keep(cx);
            None
        }
    }
}
