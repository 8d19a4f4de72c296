//! Tenants: a column, shared rows, roles across tenants, two columns, many tenants for one caller.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{run, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lt")]
pub struct Caller {
    pub tenant: Uuid,
    pub orgs: Vec<Uuid>,
}

#[derive(Role)]
#[role(name = "lt_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lt_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lt_worker", login, noinherit)]
pub struct Worker;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Worker]))]
pub struct Main;

/// Everybody reads the rows of nobody, and nobody else touches them.
#[derive(Policy)]
#[policy(table = "notes", context = Caller, tenant(tenant = ctx.tenant, shared(select)), permit(all, to = App))]
pub struct Note {
    pub id: i32,
    pub tenant: Option<Uuid>,
    pub body: String,
}

/// One worker for all tenants, and floored for what it does not cross.
#[derive(Policy)]
#[policy(
    table = "mails", context = Caller,
    tenant(tenant = ctx.tenant),
    permit(all, to = App),
    permit(select, update(status), to = Worker, across_tenants = "one worker drains every queue"),
    permit(insert, to = Worker),
)]
pub struct Mail {
    pub id: i32,
    pub tenant: Uuid,
    pub status: String,
}

/// Two tenants see a transfer, one makes it.
#[derive(Policy)]
#[policy(
    table = "transfers", context = Caller,
    tenant(from_org = ANY(ctx.orgs) OR to_org = ANY(ctx.orgs)),
    permit(select, delete, to = App),
    permit(insert, update, to = App, with_check(from_org = ANY(ctx.orgs))),
)]
pub struct Transfer {
    pub id: i32,
    pub from_org: Uuid,
    pub to_org: Uuid,
}

/// The tenant is a role of the database.
#[derive(Policy)]
#[policy(table = "desks", tenant(db_role = current_user), permit(all, to = [App, Worker]))]
pub struct Desk {
    pub id: i32,
    pub db_role: String,
}

policy_set! {
    pub TENANTS {
        owner: Owner,
        items: [Owner, App, Worker, Caller, Main, Note, Mail, Transfer, Desk],
    }
}

const TABLES: &str = "
    CREATE TABLE notes (id int PRIMARY KEY, tenant uuid, body text NOT NULL DEFAULT '');
    CREATE TABLE mails (id int PRIMARY KEY, tenant uuid NOT NULL, status text NOT NULL DEFAULT 'new');
    CREATE TABLE transfers (id int PRIMARY KEY, from_org uuid NOT NULL, to_org uuid NOT NULL);
    CREATE TABLE desks (id int PRIMARY KEY, db_role text NOT NULL);";

async fn world(server: &hedgerow::testing::Server) -> World {
    let rows = format!(
        "INSERT INTO notes VALUES (1, '{A}'), (2, '{B}'), (3, NULL);
        INSERT INTO mails VALUES (1, '{A}'), (2, '{B}');
        INSERT INTO transfers VALUES (1, '{A}', '{B}'), (2, '{B}', '{A}'), (3, '{B}', '{B}');
        INSERT INTO desks VALUES (1, 'lt_app'), (2, 'lt_worker');"
    );
    World::new(server, "lt", &TENANTS, TABLES, &rows).await
}

#[test]
fn shared_rows_are_read_and_nothing_more() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut conn in world.sessions("lt_app", "notes", "lt.tenant").await {
            // Without a tenant there are the rows of nobody.
            assert_eq!(text(&mut conn, "SELECT id::text FROM notes ORDER BY id").await, "3");
            assert_eq!(tried(&mut conn, "UPDATE notes SET body = 'x'").await, "0");
            assert_eq!(tried(&mut conn, "DELETE FROM notes").await, "0");
            assert_eq!(tried(&mut conn, "INSERT INTO notes VALUES (4, NULL)").await, "42501");
            say(&mut conn, &[("lt.tenant", A)]).await;
            assert_eq!(text(&mut conn, "SELECT id::text FROM notes ORDER BY id").await, "1 3");
            assert_eq!(tried(&mut conn, "UPDATE notes SET body = 'x'").await, "1");
            assert_eq!(tried(&mut conn, "UPDATE notes SET body = 'x' WHERE id = 3").await, "0");
            assert_eq!(tried(&mut conn, "DELETE FROM notes").await, "1");
            assert_eq!(tried(&mut conn, "UPDATE notes SET tenant = NULL").await, "42501");
            assert_eq!(tried(&mut conn, format!("UPDATE notes SET tenant = '{B}'")).await, "42501");
            assert_eq!(tried(&mut conn, "INSERT INTO notes VALUES (4, NULL)").await, "42501");
            assert_eq!(tried(&mut conn, format!("INSERT INTO notes VALUES (4, '{A}')")).await, "1");
            assert_eq!(
                tried(&mut conn, format!("INSERT INTO notes VALUES (3, '{A}') ON CONFLICT (id) DO UPDATE SET body = 'x'")).await,
                "42501"
            );
        }
        world.close().await;
    });
}

/// The floor stands below what a hand-written policy opens; the role that crosses has none for its own commands.
#[test]
fn the_floor_holds_for_all_but_those_who_cross() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut worker = world.as_role("lt_worker", &["mails"]).await;
        assert_eq!(text(&mut worker, "SELECT id::text FROM mails ORDER BY id").await, "1 2");
        assert_eq!(tried(&mut worker, "UPDATE mails SET status = 'sent'").await, "2");
        for refused in ["UPDATE mails SET tenant = tenant", "DELETE FROM mails", "TRUNCATE mails"] {
            assert_eq!(tried(&mut worker, refused).await, "42501", "{refused}");
        }
        // It inserts under the floor.
        assert_eq!(tried(&mut worker, format!("INSERT INTO mails VALUES (3, '{A}')")).await, "42501");
        say(&mut worker, &[("lt.tenant", A)]).await;
        assert_eq!(tried(&mut worker, format!("INSERT INTO mails VALUES (3, '{A}')")).await, "1");
        assert_eq!(tried(&mut worker, format!("INSERT INTO mails VALUES (3, '{B}')")).await, "42501");

        let mut admin = world.admin().await;
        run(&mut admin, "CREATE POLICY by_hand ON notes TO lt_app USING (true); CREATE POLICY by_hand ON mails TO lt_app USING (true)")
            .await;
        for mut app in world.sessions("lt_app", "mails", "lt.tenant").await {
            assert_eq!(text(&mut app, "SELECT count(*)::text FROM mails").await, "0");
            say(&mut app, &[("lt.tenant", B)]).await;
            assert_eq!(text(&mut app, "SELECT id::text FROM mails").await, "2");
            assert_eq!(text(&mut app, "SELECT id::text FROM notes ORDER BY id").await, "2 3");
            assert_eq!(tried(&mut app, "UPDATE notes SET body = 'x' WHERE id = 3").await, "0");
            assert_eq!(tried(&mut app, format!("INSERT INTO mails VALUES (3, '{A}')")).await, "42501");
        }
        world.close().await;
    });
}

#[test]
fn a_row_of_two_tenants() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut conn in world.sessions("lt_app", "transfers", "lt.orgs").await {
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM transfers").await, "0");
            say(&mut conn, &[("lt.orgs", "{}")]).await;
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM transfers").await, "0");
            say(&mut conn, &[("lt.orgs", &format!("{{{A}}}"))]).await;
            assert_eq!(text(&mut conn, "SELECT id::text FROM transfers ORDER BY id").await, "1 2");
            assert_eq!(tried(&mut conn, format!("INSERT INTO transfers VALUES (9, '{A}', '{B}')")).await, "1");
            assert_eq!(tried(&mut conn, format!("INSERT INTO transfers VALUES (9, '{B}', '{A}')")).await, "42501");
            assert_eq!(tried(&mut conn, format!("UPDATE transfers SET to_org = '{A}' WHERE id = 1")).await, "1");
            // Its own, but made by the other.
            assert_eq!(tried(&mut conn, "UPDATE transfers SET to_org = to_org WHERE id = 2").await, "42501");
            assert_eq!(tried(&mut conn, "DELETE FROM transfers").await, "2");
            say(&mut conn, &[("lt.orgs", &format!("{{{A},{B}}}"))]).await;
            assert_eq!(text(&mut conn, "SELECT id::text FROM transfers ORDER BY id").await, "1 2 3");
        }
        world.close().await;
    });
}

#[test]
fn a_role_as_tenant() {
    everywhere(async |server| {
        let world = world(server).await;
        for (role, id, other) in [("lt_app", "1", "lt_worker"), ("lt_worker", "2", "lt_app")] {
            let mut conn = world.as_role(role, &["desks"]).await;
            assert_eq!(text(&mut conn, "SELECT id::text FROM desks").await, id);
            assert_eq!(tried(&mut conn, format!("UPDATE desks SET db_role = '{other}'")).await, "42501");
        }
        world.close().await;
    });
}
