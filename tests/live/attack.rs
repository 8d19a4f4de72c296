//! What an adversary tries: columns called like our aliases, temporary objects in front of a function's, keys of other types.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};
use uuid::Uuid;

use super::support::{run, same, text};
use super::world::{A, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lk")]
pub struct Caller {
    pub tenant: Uuid,
}

#[derive(Role)]
#[role(name = "lk_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lk_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lk_writer")]
pub struct Writer;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Writer]))]
pub struct Main;

/// Its columns are called like rows in the generated functions.
#[derive(Policy)]
#[policy(table = "jobs", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Job {
    pub id: i32,
    pub tenant: Uuid,
    pub new_row: Option<String>,
    pub old_row: Option<String>,
}

#[derive(Policy)]
#[policy(
    table = "audit", no_tenant,
    permit(insert, to = Writer, using(true)),
    log(rows(Job.id), table = table_name, row = row_id, copy(tenant), writer = Writer, old = old, new = new),
)]
pub struct Audit {
    pub table_name: String,
    pub row_id: String,
    pub tenant: Uuid,
    pub old: Option<serde_json::Value>,
    pub new: Option<serde_json::Value>,
}

policy_set! {
    pub SHADOWED { owner: Owner, items: [Caller, Owner, App, Writer, Main, Job, Audit] }
}

#[test]
fn columns_called_like_rows_hide_nothing() {
    everywhere(async |server| {
        let tables = "CREATE TABLE jobs (id int PRIMARY KEY, tenant uuid NOT NULL, new_row text, old_row text);
            CREATE TABLE audit (table_name text, row_id text, tenant uuid, old jsonb, new jsonb)";
        let world = World::new(server, "lk", &SHADOWED, tables, "").await;
        let mut app = world.as_role("lk_app", &["jobs"]).await;
        say(&mut app, &[("lk.tenant", A)]).await;
        run(&mut app, format!("INSERT INTO jobs VALUES (1, '{A}', 'n', 'o'); UPDATE jobs SET new_row = 'm'; DELETE FROM jobs")).await;
        let mut admin = world.admin().await;
        let all = "SELECT concat_ws(' ', old ->> 'id', new ->> 'id', new ->> 'new_row') FROM audit";
        assert_eq!(text(&mut admin, all).await, "1 n 1 1 m 1");
        world.close().await;
    });
}

#[functions(schema = "public", grant(execute, to = App))]
pub trait Fns {
    #[function(visible(Named.key))]
    fn named_visible(table_name: String, row_id: String) -> bool;
    #[function(volatility = stable, body = "SELECT $1")]
    fn last_of(r#order: i32) -> i32;
    #[function(volatility = stable, body = "SELECT public.last_of($1) = 1 -- $hedgerow$ \\ it's")]
    fn first_of(n: i32) -> bool;
    #[function(volatility = stable, body = "SELECT EXISTS (SELECT 1 FROM members AS m WHERE m.team = $1)")]
    fn sees(team: i32) -> bool;
    #[function(name = "a name of sixty-three bytes with \"quotes\" and blanks in it, tru", body = "SELECT 1\r\n")]
    fn named(r#type: Vec<Uuid>, select: Option<i32>) -> SetOf<i32>;
}

#[derive(Policy)]
#[policy(table = "named", no_tenant, permit(select, to = App, using(true)))]
pub struct Named {
    #[policy(type = "varchar(20)")]
    pub key: String,
}

#[derive(Policy)]
#[policy(table = "members", no_tenant, permit(select, to = App, using(login = current_user)))]
pub struct Member {
    pub team: i32,
    pub login: String,
}

#[derive(Policy)]
#[policy(table = "notes", no_tenant, permit(select, to = App, using(Fns.sees(team))))]
pub struct Note {
    pub team: i32,
}

policy_set! {
    pub CALLED { owner: Owner, items: [Owner, App, Writer, Main, Fns, Named, Member, Note] }
}

const TABLES: &str = "CREATE TABLE named (key varchar(20)); CREATE TABLE members (team int, login text); CREATE TABLE notes (team int)";

#[test]
fn keys_of_varying_length_are_texts() {
    everywhere(async |server| {
        let world = World::new(server, "lk", &CALLED, TABLES, "INSERT INTO named VALUES ('x')").await;
        let mut app = world.as_role("lk_app", &["named"]).await;
        assert_eq!(text(&mut app, "SELECT concat_ws(' ', named_visible('named', 'x'), named_visible('named', 'y'))").await, "t f");
        world.close().await;
    });
}

#[test]
fn a_temporary_table_is_not_what_a_policy_reads() {
    everywhere(async |server| {
        let rows = "INSERT INTO members VALUES (1, 'lk_app'), (2, 'other'); INSERT INTO notes VALUES (1), (2)";
        let world = World::new(server, "lk", &CALLED, TABLES, rows).await;
        let mut app = world.as_role("lk_app", &["notes"]).await;
        assert_eq!(text(&mut app, "SELECT team::text FROM notes").await, "1");
        run(&mut app, "CREATE TEMP TABLE members (team int); INSERT INTO members VALUES (1), (2)").await;
        assert_eq!(text(&mut app, "SELECT team::text FROM notes").await, "1");
        world.close().await;
    });
}

/// From one set to the other and back.
#[test]
fn up_and_down_between_two_sets() {
    everywhere(async |server| {
        let tables = "CREATE TABLE jobs (id int PRIMARY KEY, tenant uuid NOT NULL, new_row text, old_row text);
            CREATE TABLE audit (table_name text, row_id text, tenant uuid, old jsonb, new jsonb);";
        let world =
            World::new(server, "lk", &SHADOWED, &format!("{tables}{TABLES}; GRANT ALL ON named, members, notes TO lk_owner"), "").await;
        let first = world.dump().await;
        let script = |set: &hedgerow::PolicySet| policy_core::render::render(&set.load().unwrap());
        let way = policy_core::migrate::between(&script(&SHADOWED), &script(&CALLED)).unwrap();
        let mut migrator = world.migrator().await;
        run(&mut migrator, format!("BEGIN; {}; COMMIT", way.up)).await;
        let second = world.dump().await;
        world.apply(&CALLED).await;
        same(&second, &world.dump().await);
        run(&mut migrator, format!("BEGIN; {}; COMMIT", way.down)).await;
        same(&first, &world.dump().await);
        world.close().await;
    });
}
