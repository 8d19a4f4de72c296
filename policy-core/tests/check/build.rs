//! Sets in few words: `Table { rules: vec![permit("select", "App")], ..table("Doc") }`.

use policy_core::check;
use policy_core::diag::{At, Code, Diagnostic, Part, Place};
use policy_core::model::context::{Field, Source};

use policy_core::model::*;

pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name).expect("a name")
}

pub(crate) fn relation(name: &str) -> Relation {
    Relation::parse(name).expect("a relation")
}

/// An expression in the notation of `policy.lock`.
pub(crate) fn expr(text: &str) -> Expr {
    Expr::read(&Node::parse(text).expect("a node")).expect("an expression")
}

pub(crate) fn sql_type(text: &str) -> SqlType {
    SqlType::parse(text).expect("a type")
}

pub(crate) fn column(field: &str, kind: &str, nullable: bool) -> Column {
    Column { field: field.to_owned(), name: ident(field), kind: sql_type(kind), nullable, sequence: None, default: None }
}

/// A `no_tenant` table in `public`, named like the item, with four columns.
pub(crate) fn table(item: &str) -> Table {
    Table {
        item: item.to_owned(),
        relation: relation(&item.to_lowercase()),
        renamed_from: None,
        context: Some("Request".to_owned()),
        columns: vec![
            column("id", "uuid", false),
            column("tenant_id", "uuid", false),
            column("owner_id", "uuid", false),
            column("note", "text", true),
        ],
        tenancy: Tenancy::None,
        rules: Vec::new(),
        grants: Vec::new(),
        nevers: Vec::new(),
        triggers: Vec::new(),
        log: None,
        partitioned: false,
        no_rls: None,
        allows: Vec::new(),
    }
}

/// The same with a tenant.
pub(crate) fn tenanted(item: &str) -> Table {
    Table { tenancy: own("(op = (self tenant_id) (ctx tenant_id))"), ..table(item) }
}

pub(crate) fn own(predicate: &str) -> Tenancy {
    Tenancy::Own { predicate: expr(predicate), shared: Vec::new() }
}

pub(crate) fn through(column: &str, parent: &str, key: &str) -> Tenancy {
    Tenancy::Through { column: ident(column), parent: parent.to_owned(), key: key.to_owned() }
}

/// A rule of a table `owner_id = ctx.user_id`.
pub(crate) const MINE: &str = "(op = (self owner_id) (ctx user_id))";
/// Another condition.
pub(crate) const SHORT: &str = "(op = (self note) (text short))";

/// `EXISTS (SELECT 1 FROM item m WHERE m.<field> = self.<column>)`
pub(crate) fn exists(item: &str, field: &str, column: &str) -> String {
    format!(
        "(exists (select (columns ((number 1))) (from ((from (source (item {item})) (alias m)))) \
         (filter (op = (column m {field}) (self {column})))) no)"
    )
}

fn rule(kind: RuleKind, commands: &str, to: &str) -> Rule {
    Rule {
        kind,
        all: commands == "all",
        commands: on(commands).into_iter().map(|(word, columns)| CommandColumns { command: command(&word), columns }).collect(),
        to: grantees(to),
        using: None,
        with_check: None,
        across_tenants: None,
        name: None,
        renamed_from: None,
    }
}

fn command(word: &str) -> Command {
    Command::from_word(word).expect("a command")
}

/// `permit("select(id, note), update", "App, PUBLIC")`
pub(crate) fn permit(commands: &str, to: &str) -> Rule {
    rule(RuleKind::Permit, commands, to)
}

/// The same with a predicate.
pub(crate) fn permit_where(commands: &str, to: &str, using: &str) -> Rule {
    Rule { using: Some(expr(using)), ..permit(commands, to) }
}

pub(crate) fn restrict(commands: &str, to: &str, using: &str) -> Rule {
    Rule { using: Some(expr(using)), ..rule(RuleKind::Restrict, commands, to) }
}

pub(crate) fn across(rule: Rule) -> Rule {
    Rule { across_tenants: Some("it must".to_owned()), ..rule }
}

pub(crate) fn named(name: &str, rule: Rule) -> Rule {
    Rule { name: Some(name.to_owned()), ..rule }
}

pub(crate) fn grant(privileges: &str, to: &str) -> Grant {
    let privileges = on(privileges).into_iter().map(|(word, columns)| (privilege(&word), columns));
    Grant { privileges: privileges.collect(), to: grantees(to) }
}

pub(crate) fn never(privileges: &str, to: &str) -> Never {
    Never { privileges: privileges.split(", ").map(privilege).collect(), to: grantees(to), using: None }
}

pub(crate) fn allow(code: Code) -> Vec<Allow> {
    vec![Allow { code: code.to_string(), reason: "it is known".to_owned() }]
}

pub(crate) fn privilege(word: &str) -> Privilege {
    Privilege::from_word(word).expect("a privilege")
}

/// `select(id, note), update`
fn on(text: &str) -> Vec<(String, Option<Vec<Ident>>)> {
    if text == "all" {
        return Command::ALL.iter().map(|c| (c.word().to_owned(), None)).collect();
    }
    let mut found: Vec<(String, Option<Vec<Ident>>)> = Vec::new();
    for piece in text.split_inclusive([',', ')']) {
        let piece = piece.trim();
        let open = found.last().is_some_and(|(word, _)| word.ends_with('('));
        let word = piece.trim_end_matches([',', ')']).trim();
        if word.is_empty() {
            continue;
        }
        match (word.split_once('('), open) {
            (Some((command, column)), _) => found.push((format!("{command}("), Some(vec![ident(column)]))),
            (None, true) => {
                if let Some((_, Some(columns))) = found.last_mut() {
                    columns.push(ident(word));
                }
            }
            (None, false) => found.push((word.to_owned(), None)),
        }
        if piece.ends_with(')')
            && let Some((word, _)) = found.last_mut()
        {
            *word = word.trim_end_matches('(').to_owned();
        }
    }
    found
}

pub(crate) fn grantees(text: &str) -> Vec<Grantee> {
    let one = |name: &str| if name == "PUBLIC" { Grantee::Public } else { Grantee::Role(name.to_owned()) };
    text.split(", ").filter(|name| !name.is_empty()).map(one).collect()
}

/// A NOLOGIN role, its database name the item in lower case.
pub(crate) fn role(item: &str) -> Role {
    Role { item: item.to_owned(), name: ident(&item.to_lowercase()), ..Role::default() }
}

/// A login role.
pub(crate) fn login(item: &str) -> Role {
    Role { login: true, ..role(item) }
}

pub(crate) fn member(group: &str) -> Membership {
    Membership { role: group.to_owned(), inherit: None, set: None, admin: None }
}

pub(crate) fn member_of(groups: &[&str], role: Role) -> Role {
    Role { member_of: groups.iter().map(|group| member(group)).collect(), ..role }
}

pub(crate) fn schema(item: &str, name: &str) -> Schema {
    Schema { item: item.to_owned(), name: ident(name), ..Schema::default() }
}

pub(crate) fn on_schema(privileges: &str, kind: ObjectKind, to: &str) -> SchemaGrant {
    SchemaGrant { privileges: privileges.split(", ").map(privilege).collect(), on: kind, every: false, to: grantees(to) }
}

pub(crate) fn default_grant(privileges: &str, kind: ObjectKind, to: &str) -> DefaultPrivilege {
    DefaultPrivilege { revoke: false, privileges: privileges.split(", ").map(privilege).collect(), on: kind, grantees: grantees(to) }
}

pub(crate) fn field(name: &str, kind: &str) -> Field {
    Field { name: name.to_owned(), source: Source::Setting(format!("app.{name}")), kind: sql_type(kind), nullable: true }
}

pub(crate) fn claim(name: &str, kind: &str) -> Field {
    let source = Source::Claim("request.jwt.claims".to_owned(), vec![name.to_owned()]);
    Field { source, ..field(name, kind) }
}

/// The context `Request`.
pub(crate) fn request() -> Context {
    let fields = vec![field("tenant_id", "uuid"), field("user_id", "uuid"), field("org_ids", "uuid[]"), field("word", "text")];
    Context { item: "Request".to_owned(), fields, allows: Vec::new() }
}

pub(crate) fn set(items: Vec<Item>) -> PolicySet {
    PolicySet { name: "TEST".to_owned(), owner: Some("Owner".to_owned()), items, ..PolicySet::default() }
}

/// The owner, the login role `App`, the context, and these.
pub(crate) fn with(items: Vec<Item>) -> PolicySet {
    let first = [Item::Role(role("Owner")), Item::Role(login("App")), Item::Context(request())];
    set(first.into_iter().chain(items).collect())
}

/// What the check of the whole set finds, warnings included.
pub(crate) fn found(set: PolicySet) -> Vec<Diagnostic> {
    check::check(set).map_or_else(|faults| faults, |(_, warnings)| warnings)
}

/// What the check of one table finds.
pub(crate) fn of_table(table: Table) -> Vec<Diagnostic> {
    check::item(&Item::Table(table))
}

/// Exactly one fault, as said.
#[track_caller]
pub(crate) fn only(found: Vec<Diagnostic>, code: Code, item: &str, place: impl Into<Where>, says: &str) {
    let texts: Vec<String> = found.iter().map(|fault| format!("{} {:?}: {}", fault.item, fault.place, fault.text())).collect();
    let [fault] = found.as_slice() else { panic!("one fault expected: {texts:#?}") };
    let text = fault.text();
    assert_eq!(fault.code, code, "{text}");
    assert_eq!(fault.item, item, "{text}");
    assert_eq!(fault.place, place.into().0, "{text}");
    assert!(fault.message.contains(says), "`{says}` is not in: {text}");
    assert!(!fault.help.is_empty(), "no way out: {text}");
    assert!(!fault.message.ends_with('.') && !fault.message.starts_with(char::is_uppercase), "{text}");
}

#[track_caller]
pub(crate) fn clean(found: Vec<Diagnostic>) {
    let texts: Vec<String> = found.iter().map(Diagnostic::text).collect();
    assert!(texts.is_empty(), "{texts:#?}");
}

/// A place; a bare part is the part itself.
pub(crate) struct Where(Place);

impl std::convert::From<Part> for Where {
    fn from(part: Part) -> Where {
        Where(Place::Part(part))
    }
}

impl std::convert::From<Place> for Where {
    fn from(place: Place) -> Where {
        Where(place)
    }
}

/// Tokens of the predicate at a part.
pub(crate) fn predicate(part: Part) -> Place {
    Place::Predicate(part, At::default().into())
}
