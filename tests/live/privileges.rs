//! Who may do what at all: columns, sequences, privileges beside the rules, tables without policies.

use hedgerow::testing::row_security_active;
use hedgerow::{Context, Policy, Role, Schema, policy_set};
use sqlx::Connection;
use uuid::Uuid;

use super::support::{run, same, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lp")]
pub struct Caller {
    pub tenant: Uuid,
}

#[derive(Role)]
#[role(name = "lp_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lp_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lp_reader", login, noinherit)]
pub struct Reader;

#[derive(Role)]
#[role(name = "lp_keeper")]
pub struct Keeper;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Reader, Keeper]))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "people", context = Caller,
    tenant(tenant = ctx.tenant),
    permit(select(id, tenant, name, email), insert(tenant, name, email, secret), update(name, email), delete, to = App),
    permit(select(id, name), to = Reader),
    grant(truncate, references, trigger, to = Keeper),
)]
pub struct Person {
    #[policy(sequence)]
    pub id: i64,
    pub tenant: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub secret: Option<String>,
}

/// Its numbers come from a sequence of another name.
#[derive(Policy)]
#[policy(table = "tickets", context = Caller, tenant(tenant = ctx.tenant), permit(select, insert, to = App))]
pub struct Ticket {
    #[policy(sequence = "ticket_numbers")]
    pub number: i64,
    pub tenant: Uuid,
}

#[derive(Policy)]
#[policy(table = "countries", no_tenant, no_rls = "the same for everybody", permit(select, to = [App, Reader]))]
pub struct Country {
    pub code: String,
}

#[derive(Policy)]
#[policy(table = "pages", no_tenant, permit(select, to = PUBLIC, using(published)), permit(select, insert, to = App, using(true)))]
pub struct Page {
    pub id: i32,
    pub published: bool,
}

/// Nobody is permitted anything: deny by default.
#[derive(Policy)]
#[policy(table = "vault", context = Caller, tenant(tenant = ctx.tenant))]
pub struct Vault {
    pub tenant: Uuid,
}

policy_set! {
    pub PRIVILEGES {
        owner: Owner,
        items: [Owner, App, Reader, Keeper, Caller, Main, Person, Ticket, Country, Page, Vault],
    }
}

const TABLES: &str = "
    CREATE TABLE people (id bigserial PRIMARY KEY, tenant uuid NOT NULL, name text NOT NULL, email text, secret text);
    CREATE SEQUENCE ticket_numbers;
    CREATE TABLE tickets (number bigint PRIMARY KEY DEFAULT nextval('ticket_numbers'), tenant uuid NOT NULL);
    CREATE TABLE countries (code text PRIMARY KEY);
    CREATE TABLE pages (id int PRIMARY KEY, published boolean NOT NULL);
    CREATE TABLE vault (tenant uuid NOT NULL);
    GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;";

async fn world(server: &hedgerow::testing::Server) -> World {
    let rows = format!(
        "INSERT INTO people (tenant, name, secret) VALUES ('{A}', 'ann', 'x'), ('{B}', 'bob', 'y');
        INSERT INTO countries VALUES ('LU'), ('MT'); INSERT INTO pages VALUES (1, true), (2, false); INSERT INTO vault VALUES ('{A}');"
    );
    World::new(server, "lp", &PRIVILEGES, TABLES, &rows).await
}

#[test]
fn columns_are_granted_as_listed() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lp_app", &["people"]).await;
        say(&mut app, &[("lp.tenant", A)]).await;
        assert_eq!(text(&mut app, "SELECT name FROM people").await, "ann");
        assert_eq!(tried(&mut app, "UPDATE people SET name = 'amy', email = 'a'").await, "1");
        assert_eq!(tried(&mut app, "DELETE FROM people WHERE id > 0").await, "1");
        let insert = format!("INSERT INTO people (tenant, name, secret) VALUES ('{A}', 'al', 's')");
        assert_eq!(tried(&mut app, &insert).await, "1");
        assert_eq!(tried(&mut app, format!("{insert} RETURNING id, name")).await, "1");
        let refused = [
            "SELECT * FROM people".to_owned(),
            "SELECT secret FROM people".to_owned(),
            "SELECT 1 FROM people WHERE secret = 'x'".to_owned(),
            "UPDATE people SET secret = 'z'".to_owned(),
            format!("UPDATE people SET tenant = '{A}'"),
            format!("INSERT INTO people (id, tenant, name) VALUES (99, '{A}', 'al')"),
            format!("{insert} RETURNING secret"),
            "TRUNCATE people".to_owned(),
            "SELECT last_value FROM people_id_seq".to_owned(),
            "SELECT setval('people_id_seq', 1)".to_owned(),
        ];
        for sql in refused {
            assert_eq!(tried(&mut app, &sql).await, "42501", "{sql}");
        }
        assert_eq!(tried(&mut app, "SELECT nextval('people_id_seq')").await, "1");

        let mut reader = world.as_role("lp_reader", &["people"]).await;
        assert_eq!(text(&mut reader, "SELECT count(id)::text FROM people").await, "0");
        say(&mut reader, &[("lp.tenant", B)]).await;
        assert_eq!(text(&mut reader, "SELECT name FROM people").await, "bob");
        for sql in [
            "SELECT tenant FROM people",
            "UPDATE people SET name = ''",
            "DELETE FROM people",
            "SELECT nextval('people_id_seq')",
            "SELECT FROM vault",
        ] {
            assert_eq!(tried(&mut reader, sql).await, "42501", "{sql}");
        }
        world.close().await;
    });
}

#[test]
fn a_sequence_by_its_name() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lp_app", &["tickets"]).await;
        say(&mut app, &[("lp.tenant", A)]).await;
        assert_eq!(tried(&mut app, format!("INSERT INTO tickets (tenant) VALUES ('{A}') RETURNING number")).await, "1");
        let mut reader = world.as_role("lp_reader", &[]).await;
        assert_eq!(tried(&mut reader, "SELECT nextval('ticket_numbers')").await, "42501");
        world.close().await;
    });
}

#[test]
fn privileges_that_no_policy_governs() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        run(&mut admin, "SET ROLE lp_keeper").await;
        assert!(row_security_active(&mut admin, "people").await.unwrap());
        assert_eq!(tried(&mut admin, "TRUNCATE people").await, "0");
        for sql in ["SELECT FROM people", "DELETE FROM people", "UPDATE people SET name = ''", "TRUNCATE tickets"] {
            assert_eq!(tried(&mut admin, sql).await, "42501", "{sql}");
        }
        run(&mut admin, "RESET ROLE").await;
        let held = "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM information_schema.role_table_grants WHERE grantee = 'lp_keeper'";
        assert_eq!(text(&mut admin, held).await, "REFERENCES TRIGGER TRUNCATE");
        world.close().await;
    });
}

#[test]
fn tables_without_a_tenant_or_without_policies() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lp_app", &["pages", "vault"]).await;
        let mut reader = world.as_role("lp_reader", &["pages", "vault"]).await;
        assert!(!row_security_active(&mut app, "countries").await.unwrap());
        assert_eq!(text(&mut app, "SELECT count(*)::text FROM countries").await, "2");
        assert_eq!(tried(&mut app, "INSERT INTO countries VALUES ('FR')").await, "42501");
        assert_eq!(text(&mut app, "SELECT id::text FROM pages ORDER BY id").await, "1 2");
        assert_eq!(text(&mut reader, "SELECT id::text FROM pages ORDER BY id").await, "1");
        assert_eq!(tried(&mut app, "INSERT INTO pages VALUES (3, false)").await, "1");
        assert_eq!(tried(&mut reader, "INSERT INTO pages VALUES (3, true)").await, "42501");
        // Not even with a grant by hand is there a row.
        let mut admin = world.admin().await;
        run(&mut admin, "GRANT ALL ON vault TO lp_app").await;
        say(&mut app, &[("lp.tenant", A)]).await;
        assert_eq!(tried(&mut app, "SELECT FROM vault").await, "0");
        assert_eq!(tried(&mut app, format!("INSERT INTO vault VALUES ('{A}')")).await, "42501");
        world.close().await;
    });
}

/// What somebody granted by hand to a role of ours, or to PUBLIC, is gone after the next migration; other roles' stay.
#[test]
fn grants_by_hand_are_brought_in_line() {
    everywhere(async |server| {
        let world = world(server).await;
        let before = world.dump().await;
        let mut admin = world.admin().await;
        run(&mut admin, "GRANT ALL ON people, tickets, vault TO PUBLIC; GRANT ALL ON people, countries TO lp_reader; GRANT UPDATE (secret), SELECT (secret) ON people TO lp_app").await;
        run(&mut admin, "ALTER TABLE people DISABLE ROW LEVEL SECURITY; ALTER TABLE tickets NO FORCE ROW LEVEL SECURITY; ALTER POLICY tenant_floor ON people USING (true)").await;
        admin.close().await.unwrap();
        world.apply(&PRIVILEGES).await;
        same(&before, &world.dump().await);
        world.close().await;
    });
}
