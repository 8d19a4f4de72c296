//! Roles and schemas: options, settings, memberships, CONNECT, schema privileges, default privileges.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use sqlx::{AssertSqlSafe, Connection};
use uuid::Uuid;

use super::support::{run, same, text, tried};
use super::world::{A, World, everywhere, say};

#[derive(Role)]
#[role(name = "lo_owner", default(revoke(execute on functions, from = PUBLIC)))]
pub struct Owner;

#[derive(Role)]
#[role(
    name = "lo_app",
    login,
    noinherit,
    connect,
    connection_limit = 3,
    settings(statement_timeout = "5s", search_path = "app, \"$user\", \"Odd, Name\"", application_name = "it's"),
    member_of(Group)
)]
pub struct App;

#[derive(Role)]
#[role(name = "lo_stranger", login)]
pub struct Stranger;

#[derive(Role)]
#[role(name = "lo_group")]
pub struct Group;

#[derive(Role)]
#[role(name = "lo_dump", bypass_rls = "backups read everything")]
pub struct Dump;

#[derive(Schema)]
#[schema(
    name = "app",
    grant(usage, to = [App, Group]), grant(select on tables, to = Group), grant(usage on sequences, to = Group),
    revoke(create, from = PUBLIC),
    default(grant(select on tables, to = Group)), default(grant(usage on sequences, to = Group)),
)]
pub struct Main;

#[derive(Context)]
#[context(prefix = "lo")]
pub struct Caller {
    pub tenant: Uuid,
}

#[derive(Policy)]
#[policy(table = "app.items", context = Caller, tenant(tenant = ctx.tenant), permit(select, to = [App, Group]))]
pub struct Item {
    #[policy(sequence)]
    pub id: i64,
    pub tenant: Uuid,
}

policy_set! {
    pub ROLES {
        owner: Owner,
        items: [Owner, Group, App, Stranger, Dump, Main, Caller, Item],
    }
}

#[derive(Role)]
#[role(name = "lo16_owner")]
pub struct Owner16;

#[derive(Role)]
#[role(name = "lo16_group")]
pub struct Group16;

#[derive(Role)]
#[role(name = "lo16_other")]
pub struct Other16;

#[derive(Role)]
#[role(
    name = "lo16_app",
    login,
    member_of(Group16, inherit = false, set = true),
    member_of(Other16, inherit = true, set = false, admin = false)
)]
pub struct App16;

policy_set! {
    pub MEMBERSHIPS {
        owner: Owner16,
        versions: 16..=18,
        items: [Owner16, Group16, Other16, App16],
    }
}

const TABLES: &str = "
    CREATE SCHEMA app; GRANT CREATE, USAGE ON SCHEMA app TO PUBLIC;
    CREATE TABLE app.items (id bigserial PRIMARY KEY, tenant uuid NOT NULL);";

/// To bring a role in line that was made a superuser, or to give BYPASSRLS, takes a superuser.
async fn world(server: &hedgerow::testing::Server) -> World {
    let world = World::empty(server, "lo").await;
    let mut admin = world.admin().await;
    run(&mut admin, format!("SET ROLE lo_owner; {TABLES}; RESET ROLE; INSERT INTO app.items (tenant) VALUES ('{A}')")).await;
    run(&mut admin, ROLES.sql().unwrap()).await;
    for role in ["lo_app", "lo_stranger"] {
        world.database.let_in(role).await.unwrap();
    }
    world
}

const OPTIONS: &str = "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit) FROM pg_roles WHERE rolname = ";

#[test]
fn options_of_a_role_are_brought_in_line() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        let before = world.dump().await;
        assert_eq!(text(&mut admin, format!("{OPTIONS}'lo_app'")).await, "t f f f f f f 3");
        assert_eq!(text(&mut admin, format!("{OPTIONS}'lo_dump'")).await, "f t f f f f t -1");
        run(&mut admin, "ALTER ROLE lo_app NOLOGIN INHERIT SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS CONNECTION LIMIT 7").await;
        run(
            &mut admin,
            "ALTER ROLE lo_dump LOGIN NOBYPASSRLS; ALTER ROLE lo_app SET statement_timeout = '1h'; REVOKE lo_group FROM lo_app",
        )
        .await;
        run(&mut admin, ROLES.sql().unwrap()).await;
        same(&before, &world.dump().await);
        // What it does now, it does as a role that no policy spares.
        let mut app = world.as_role("lo_app", &["app.items"]).await;
        assert_eq!(tried(&mut app, "SELECT FROM app.items").await, "0");
        world.close().await;
    });
}

#[test]
fn settings_of_a_role_are_there_when_it_connects() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lo_app", &["app.items"]).await;
        assert_eq!(text(&mut app, "SHOW statement_timeout").await, "5s");
        assert_eq!(text(&mut app, "SHOW search_path").await, "app, \"$user\", \"Odd, Name\"");
        assert_eq!(text(&mut app, "SELECT current_setting('application_name')").await, "it's");
        // Its search path finds the table.
        say(&mut app, &[("lo.tenant", A)]).await;
        assert_eq!(text(&mut app, "SELECT count(*)::text FROM items").await, "1");
        // No more than three of it.
        let (_second, _third) = (world.as_role("lo_app", &[]).await, world.as_role("lo_app", &[]).await);
        assert!(world.database.connect("lo_app").await.is_err());
        world.close().await;
    });
}

#[test]
fn connect_is_for_those_who_were_given_it() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        run(&mut admin, format!("REVOKE CONNECT ON DATABASE {} FROM PUBLIC", world.database.name())).await;
        world.database.connect("lo_app").await.unwrap().close().await.unwrap();
        let refused = sqlx::PgConnection::connect_with(&world.database.options("lo_stranger")).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.code()).as_deref(), Some("42501"));
        world.close().await;
    });
}

#[test]
fn privileges_of_a_schema_and_of_what_is_yet_to_come() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        run(
            &mut admin,
            "SET ROLE lo_owner; CREATE TABLE app.later (id bigserial); CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; RESET ROLE",
        )
        .await;
        let mut app = world.as_role("lo_app", &["app.items"]).await;
        // NOINHERIT: what the group holds, it holds after SET ROLE.
        assert_eq!(tried(&mut app, "SELECT FROM app.later").await, "42501");
        run(&mut app, "SET ROLE lo_group").await;
        assert_eq!(tried(&mut app, "SELECT FROM app.items").await, "0");
        assert_eq!(tried(&mut app, "SELECT FROM app.later").await, "0");
        assert_eq!(tried(&mut app, "SELECT nextval('app.later_id_seq')").await, "1");
        assert_eq!(tried(&mut app, "SELECT nextval('app.items_id_seq')").await, "1");
        for refused in ["INSERT INTO app.later DEFAULT VALUES", "SELECT app.f()", "CREATE TABLE app.mine ()"] {
            assert_eq!(tried(&mut app, refused).await, "42501", "{refused}");
        }
        let mut stranger = world.database.connect("lo_stranger").await.unwrap();
        for refused in ["SELECT FROM app.items", "CREATE TABLE app.mine ()"] {
            assert_eq!(tried(&mut stranger, refused).await, "42501", "{refused}");
        }
        assert_eq!(tried(&mut stranger, "SET ROLE lo_group").await, "42501");
        world.close().await;
    });
}

/// The options of a membership are words that PostgreSQL knows from 16 on; before, it refuses the whole migration.
#[test]
fn memberships_with_options() {
    everywhere(async |server| {
        let world = World::empty(server, "lo16").await;
        let mut admin = world.admin().await;
        if server.version() < 16 {
            let done = sqlx::raw_sql(AssertSqlSafe(MEMBERSHIPS.sql().unwrap())).execute(&mut admin).await;
            assert_eq!(super::support::said(done.map(|done| done.rows_affected())), "42601");
            return world.close().await;
        }
        world.apply(&MEMBERSHIPS).await;
        let options = "SELECT concat_ws(' ', roleid::regrole, inherit_option, set_option, admin_option) FROM pg_auth_members WHERE member::regrole::text = 'lo16_app' ORDER BY 1";
        assert_eq!(super::support::lines(&mut admin, options).await, ["lo16_group f t f", "lo16_other t f f"]);
        // By the same grantor: PostgreSQL keeps what another one granted beside it.
        let mut migrator = world.migrator().await;
        run(
            &mut migrator,
            "GRANT lo16_group TO lo16_app WITH INHERIT TRUE, SET FALSE; GRANT lo16_other TO lo16_app WITH INHERIT FALSE, ADMIN TRUE",
        )
        .await;
        world.apply(&MEMBERSHIPS).await;
        let mut app = world.database.connect("lo16_app").await.unwrap();
        assert_eq!(tried(&mut app, "SET ROLE lo16_group").await, "0");
        assert_eq!(text(&mut app, "SELECT pg_has_role('lo16_group', 'USAGE')::text").await, "false");
        world.close().await;
    });
}
