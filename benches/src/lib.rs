//! Sources of any number of tables, for every bench the same: eight columns, three predicates each, no two texts alike.

pub mod live;
pub mod prover;
pub mod race;

use std::fmt::Write;

const FIELDS: &str = "pub id: i64, pub tenant_id: Uuid, pub owner_id: Uuid, pub title: String, pub status: String, \
                      pub amount: i64, pub created_at: DateTime, pub done: bool";

/// What is declared beside the tables.
pub const BASE: &str = "
    pub struct Uuid;
    pub struct DateTime;
    #[derive(Context)] #[context(prefix = \"app\")] pub struct Request { pub tenant_id: Uuid, pub user_id: Option<Uuid> }
    #[derive(Role)] #[role(name = \"app\", login, noinherit)] pub struct App;
    #[derive(Role)] #[role(name = \"clerk\", login, noinherit)] pub struct Clerk;
";

/// The attribute of the `i`th table.
#[must_use]
pub fn policy(i: usize) -> String {
    format!(
        "#[policy(table = \"t{i}\", context = Request, tenant(tenant_id = ctx.tenant_id AND amount <> {i}),
            permit(select, insert, to = App, using(owner_id = ctx.user_id AND status <> \"closed {i}\")),
            permit(select, update(title, status), to = Clerk, using(created_at > now() - interval \"{i} days\" OR (NOT done AND amount < {i}))))]"
    )
}

/// Structs `from..to`, each with this derive and what stands after it.
#[must_use]
pub fn structs(from: usize, to: usize, derive: &str, attribute: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for i in from..to {
        let _ = writeln!(text, "{derive} {} pub struct T{i} {{ {FIELDS} }}", attribute(i));
    }
    text
}

/// A set of the first `count` tables.
#[must_use]
pub fn set(count: usize) -> String {
    let items: Vec<String> = (0..count).map(|i| format!("T{i}")).collect();
    format!("policy_set! {{ pub ALL {{ items: [Request, App, Clerk, {}] }} }}\n", items.join(", "))
}
