// Every key of a role.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role()]
pub struct Readers;

#[derive(Role)]
#[role(name = "Writers of Texts", noinherit)]
pub struct Writers;

#[derive(Role)]
#[role(default(revoke(execute on functions, from = PUBLIC)), default(grant(select on tables, to = [Readers, Writers])))]
pub struct TableOwner;

#[derive(Role)]
#[role(
    name = "app",
    login,
    noinherit,
    connect,
    connection_limit = 40,
    password_env = "APP_PASSWORD",
    member_of(Readers, self::Writers, inherit = true, set = false, admin = false),
    settings(statement_timeout = "5s", search_path = "app, pg_temp"),
    renamed_from = "application",
)]
pub struct App;

#[derive(Role)]
#[role(external, login, bypass_rls = "dumps read everything", member_of(Readers))]
pub struct Backup;

policy_set! {
    pub ROLES { owner: TableOwner, target: "postgres", versions: 16..=18, items: [Readers, Writers, TableOwner, App, Backup] }
}

fn main() {
    let sql = ROLES.sql().unwrap();
    assert!(sql.contains("GRANT readers TO app WITH INHERIT TRUE, SET FALSE, ADMIN FALSE") || sql.contains("INHERIT TRUE"), "{sql}");
}
