//! Logs that the application writes: filled from rows that the writer sees; and one that is asked row by row.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};
use sqlx::PgConnection;
use uuid::Uuid;

use super::support::{run, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lo")]
pub struct Caller {
    pub tenant: Uuid,
    pub user_name: Option<String>,
}

#[derive(Role)]
#[role(name = "lo_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lo_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lo_group")]
pub struct Group;

/// A login that acts as the group.
#[derive(Role)]
#[role(name = "lo_login", login, noinherit, member_of(Group))]
pub struct Login;

#[derive(Role)]
#[role(name = "lo_writer")]
pub struct Writer;

#[derive(Role)]
#[role(name = "lo_auditor", login, noinherit)]
pub struct Auditor;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Group, Writer, Auditor]))]
pub struct Main;

#[derive(Policy)]
#[policy(table = "todos", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = [App, Group]))]
pub struct Todo {
    pub id: Uuid,
    pub tenant: Uuid,
    pub title: String,
}

#[derive(Policy)]
#[policy(table = "Notes", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Note {
    #[policy(column = "noteId")]
    pub id: i32,
    #[policy(column = "tenantId")]
    pub tenant: Uuid,
}

#[derive(Policy)]
#[policy(table = "tags", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Tag {
    pub id: String,
    pub tenant: Uuid,
}

/// The application writes it; whose a patch is, its row says.
#[derive(Policy)]
#[policy(
    table = "patches", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, update(patch), to = App),
    log(rows(Todo.id, Note.id, Tag.id), table = table_name, row = row_id, copy(tenant)),
)]
pub struct Patch {
    pub id: i32,
    pub table_name: Option<String>,
    pub row_id: Option<String>,
    pub tenant: Uuid,
    pub patch: Option<String>,
}

/// Triggers write it, with everything that can be said.
#[derive(Policy)]
#[policy(
    table = "audit", context = Caller, tenant(tenant = ctx.tenant),
    permit(insert, to = Writer),
    permit(select, to = Auditor),
    never(all, to = [App, Group, Login]),
    log(
        rows(Todo.id, Part.id), table = table_name, row = row_id, copy(tenant), writer = Writer,
        command = command, old = old, new = new, at = at, role = role, context = context, by(user_name = ctx.user_name),
    ),
)]
pub struct Audit {
    #[policy(sequence)]
    pub id: i64,
    pub table_name: String,
    pub row_id: String,
    pub tenant: Uuid,
    pub command: String,
    pub old: Option<serde_json::Value>,
    pub new: Option<serde_json::Value>,
    pub at: chrono::DateTime<chrono::Utc>,
    pub role: String,
    pub context: serde_json::Value,
    pub user_name: Option<String>,
}

#[derive(Policy)]
#[policy(table = "parts", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App), partitioned)]
pub struct Part {
    pub id: i64,
    pub tenant: Uuid,
}

#[functions(schema = "public", grant(execute, to = App))]
pub trait Visible {
    #[function(visible(Todo.id, Note.id, Tag.id))]
    fn row_visible(table_name: String, row_id: String) -> bool;
}

/// One log for all, asked row by row.
#[derive(Policy)]
#[policy(table = "news", no_tenant, permit(select, to = App, using(Visible.row_visible(table_name, row_id))))]
pub struct News {
    pub id: i32,
    pub table_name: Option<String>,
    pub row_id: Option<String>,
}

policy_set! {
    pub LOGS {
        owner: Owner,
        items: [Caller, Owner, App, Group, Login, Writer, Auditor, Main, Todo, Note, Tag, Patch, Audit, Part, Visible, News],
    }
}

const TABLES: &str = r#"
    CREATE TABLE todos (id uuid PRIMARY KEY, tenant uuid NOT NULL, title text NOT NULL);
    CREATE TABLE "Notes" ("noteId" int PRIMARY KEY, "tenantId" uuid NOT NULL);
    CREATE TABLE tags (id text PRIMARY KEY, tenant uuid NOT NULL);
    CREATE TABLE patches (id int PRIMARY KEY, table_name text, row_id text, tenant uuid NOT NULL, patch text);
    CREATE TABLE audit (
        id bigserial PRIMARY KEY, table_name text NOT NULL, row_id text NOT NULL, tenant uuid NOT NULL, command text NOT NULL,
        old jsonb, new jsonb, at timestamptz NOT NULL, role text NOT NULL, context jsonb NOT NULL, user_name text
    );
    CREATE TABLE news (id int PRIMARY KEY, table_name text, row_id text);
    CREATE TABLE parts (id bigint, tenant uuid NOT NULL, PRIMARY KEY (id)) PARTITION BY RANGE (id);
    CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
    CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM (100) TO (200);
"#;

pub(crate) const ROW_A: &str = "11111111-0000-4000-8000-00000000000a";
pub(crate) const ROW_B: &str = "11111111-0000-4000-8000-00000000000b";

pub(crate) async fn world(server: &hedgerow::testing::Server) -> World {
    let rows = format!(
        "SET lo.tenant = '{A}';
         INSERT INTO todos VALUES ('{ROW_A}', '{A}', 'a');
         SET lo.tenant = '{B}';
         INSERT INTO todos VALUES ('{ROW_B}', '{B}', 'b');
         INSERT INTO \"Notes\" VALUES (7, '{A}'), (8, '{B}');
         INSERT INTO tags VALUES ('x', '{A}');
         TRUNCATE audit;"
    );
    World::new(server, "lo", &LOGS, TABLES, &rows).await
}

pub(crate) async fn app(world: &World, tenant: &str) -> PgConnection {
    let mut conn = world.as_role("lo_app", &["todos", "patches"]).await;
    say(&mut conn, &[("lo.tenant", tenant), ("lo.user_name", "ann")]).await;
    conn
}

fn patch(table: &str, row: &str) -> String {
    format!("INSERT INTO patches (id, table_name, row_id, tenant) VALUES (1, {table}, {row}, '{B}')")
}

#[test]
fn a_log_is_filled_from_a_row_that_the_writer_sees() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = app(&world, A).await;
        // What the writer says of the scope does not count.
        run(&mut app, format!("INSERT INTO patches VALUES (10, 'todos', upper('{ROW_A}'), '{B}', 'p'), (11, 'Notes', '7', NULL, 'q'), (12, 'tags', 'x', NULL, NULL)")).await;
        let all = "SELECT concat_ws(' ', id, table_name, row_id, tenant) FROM patches ORDER BY id";
        assert_eq!(text(&mut app, all).await, format!("10 todos {ROW_A} {A} 11 Notes 7 {A} 12 tags x {A}"));
        // Neither another tenant's row, nor one that is not there, nor a table that is not listed, nor a key that is none.
        let refused = [
            patch("'todos'", &format!("'{ROW_B}'")),
            patch("'todos'", "gen_random_uuid()::text"),
            patch("'todos'", "'no uuid'"),
            patch("'todos'", "NULL"),
            patch("NULL", &format!("'{ROW_A}'")),
            patch("'audit'", "'1'"),
            patch("'public.todos'", &format!("'{ROW_A}'")),
            patch("'Notes'", "'8'"),
            patch("'Notes'", "'7; DROP TABLE todos'"),
            patch("'Notes'", "'99999999999999999999999999'"),
            patch("'Notes'", "'9223372036854775808'"),
            patch("'Notes'", "'9223372036854775807'"),
            patch("'tags'", "'X'"),
        ];
        for sql in refused {
            assert_eq!(tried(&mut app, sql.clone()).await, "42501", "{sql}");
        }
        // A key or a scope cannot be changed past it, nor by an upsert.
        assert_eq!(tried(&mut app, "UPDATE patches SET row_id = '8' WHERE id = 11").await, "42501");
        run(&mut app, "UPDATE patches SET patch = 'r' WHERE id = 11").await;
        let upsert =
            |row: &str| format!("INSERT INTO patches VALUES (11, 'Notes', '{row}', '{A}', 's') ON CONFLICT (id) DO UPDATE SET patch = 's'");
        assert_eq!(tried(&mut app, upsert("7")).await, "1");
        assert_eq!(tried(&mut app, upsert("8")).await, "42501");
        // Of a row that is gone nothing more is logged, and what was logged stays.
        run(&mut app, "DELETE FROM \"Notes\" WHERE \"noteId\" = 7").await;
        assert_eq!(tried(&mut app, patch("'Notes'", "'7'")).await, "42501");
        assert_eq!(text(&mut app, "SELECT count(*)::text FROM patches").await, "3");
        // Nobody takes the trigger away or calls its function.
        for sql in ["ALTER TABLE patches DISABLE TRIGGER ALL", "DROP TRIGGER patch_fill ON patches", "SELECT patch_fill()"] {
            let code = tried(&mut app, sql).await;
            assert!(["42501", "0A000"].contains(&code.as_str()), "{sql}: {code}");
        }
        world.close().await;
    });
}

#[test]
fn a_session_without_a_tenant_logs_nothing() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut conn in world.sessions("lo_app", "patches", "lo.tenant").await {
            say(&mut conn, &[("lo.tenant", "")]).await;
            assert_eq!(tried(&mut conn, patch("'todos'", &format!("'{ROW_A}'"))).await, "42501");
            assert_eq!(tried(&mut conn, format!("INSERT INTO todos VALUES (gen_random_uuid(), '{A}', 'x')")).await, "42501");
        }
        world.close().await;
    });
}

/// An entry follows its row, and what names none is seen by nobody and is no error.
#[test]
fn a_log_is_asked_row_by_row() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        let rows = [
            ("todos", ROW_A),
            ("todos", ROW_B),
            ("todos", "no uuid"),
            ("Notes", "7"),
            ("Notes", "8"),
            ("Notes", "seven"),
            ("Notes", "99999999999999999999"),
            ("tags", "x"),
            ("audit", "1"),
        ];
        for (i, (table, row)) in rows.iter().enumerate() {
            run(&mut admin, format!("INSERT INTO news VALUES ({i}, '{table}', '{row}')")).await;
        }
        run(&mut admin, "INSERT INTO news VALUES (20, NULL, '7'), (21, 'Notes', NULL), (22, NULL, NULL)").await;
        let mut app = app(&world, A).await;
        assert_eq!(text(&mut app, "SELECT id::text FROM news ORDER BY id").await, "0 3 7");
        run(&mut app, "DELETE FROM \"Notes\"").await;
        assert_eq!(text(&mut app, "SELECT id::text FROM news ORDER BY id").await, "0 7");
        say(&mut app, &[("lo.tenant", B)]).await;
        assert_eq!(text(&mut app, "SELECT id::text FROM news ORDER BY id").await, "1 4");
        world.close().await;
    });
}
