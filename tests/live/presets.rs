//! Ready-made items: the same at both edges, and PostgREST's and Supabase's roles on a server.

use hedgerow::presets::{Uuid, neon, postgrest, supabase};
use hedgerow::{Policy, Role, Schema, policy_set};
use policy_core::build::{Source, assemble, scan_texts};
use sqlx::PgConnection;

use super::support::{run, same, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Role)]
#[role(name = "ps_owner", default(revoke(execute on functions, from = PUBLIC)))]
pub struct Owner;

#[derive(Schema)]
#[schema(name = "api", grant(usage, to = [postgrest::Anon, postgrest::Authenticated]))]
pub struct Api;

#[derive(Policy)]
#[policy(
    table = "api.pages", context = postgrest::Jwt, no_tenant,
    permit(select, to = [postgrest::Anon, postgrest::Authenticated], using(public)),
    permit(select, insert, update, to = postgrest::Authenticated, using(author = ctx.sub)),
    allow(H0420, reason = "an author keeps its pages"),
)]
pub struct Page {
    pub id: i32,
    pub author: String,
    pub public: bool,
}

policy_set! {
    pub PAGES {
        owner: Owner,
        items: [Owner, postgrest::Anon, postgrest::Authenticated, hedgerow::presets::postgrest::Authenticator, postgrest::Jwt, Api, Page],
    }
}

#[derive(Role)]
#[role(name = "pu_owner")]
pub struct NotesOwner;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [supabase::Anon, supabase::Authenticated, supabase::ServiceRole]))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "notes", context = supabase::Jwt, no_tenant,
    permit(select, to = supabase::Anon, using(public)),
    permit(select, insert, to = supabase::Authenticated, using(owner_id = ctx.sub AND NOT ctx.is_anonymous)),
    grant(select, to = supabase::ServiceRole),
)]
pub struct Note {
    pub id: i32,
    pub owner_id: Uuid,
    pub public: bool,
}

policy_set! {
    pub NOTES {
        owner: NotesOwner,
        items: [
            NotesOwner, supabase::Anon, supabase::Authenticated, supabase::ServiceRole, supabase::Authenticator, supabase::Jwt,
            supabase::Auth, Main, Note,
        ],
    }
}

#[derive(Schema)]
#[schema(name = "shop", grant(usage, to = [neon::Anonymous, neon::Authenticated]))]
pub struct Shop;

#[derive(Policy)]
#[policy(
    table = "shop.orders", context = neon::Jwt, no_tenant,
    permit(select, insert, to = neon::Authenticated, using(buyer = ctx.sub)),
    never(all, to = neon::Anonymous),
)]
pub struct Order {
    pub id: i32,
    pub buyer: String,
}

policy_set! {
    pub ORDERS { items: [neon::Anonymous, neon::Authenticated, neon::Auth, neon::Jwt, Shop, Order] }
}

/// The macro takes the items of the facade, the build edge reads their text.
#[test]
fn both_edges_render_the_same() {
    let source = Source { shown: "presets.rs".to_owned(), text: include_str!("presets.rs").to_owned(), folder: None };
    let assembly = assemble(scan_texts(vec![source]));
    let faults: Vec<String> = assembly.faults.iter().map(|fault| fault.diagnostic.text()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let sql: Vec<String> = assembly.sets.iter().map(|set| policy_core::render::render(set).sql()).collect();
    assert_eq!(sql, [PAGES.sql().unwrap(), NOTES.sql().unwrap(), ORDERS.sql().unwrap()]);
    assert!(!sql[1].contains("authenticator") && !sql[2].contains("CREATE ROLE"), "what others made is left alone");
}

/// As PostgREST does it: claims, then the role, both for the transaction; here for the session.
async fn request(conn: &mut PgConnection, role: &str, claims: &str) {
    run(conn, "RESET ROLE").await;
    say(conn, &[("request.jwt.claims", claims), ("role", role)]).await;
}

#[test]
fn postgrests_roles() {
    everywhere(async |server| {
        let tables = "CREATE SCHEMA api; CREATE TABLE api.pages (id int, author text, public boolean);
            CREATE SCHEMA internal; CREATE TABLE internal.secrets (); CREATE FUNCTION api.f() RETURNS int LANGUAGE sql AS 'SELECT 1'";
        let rows = "INSERT INTO api.pages VALUES (1, 'ann', true), (2, 'ann', false), (3, 'bob', false)";
        let world = World::new(server, "ps", &PAGES, tables, rows).await;
        let mut conn = world.database.connect("authenticator").await.unwrap();
        let options = "SELECT concat_ws(' ', rolcanlogin, rolinherit, rolsuper, rolbypassrls) FROM pg_roles WHERE rolname = ";
        assert_eq!(text(&mut conn, format!("{options}'authenticator'")).await, "t f f f");
        assert_eq!(text(&mut conn, format!("{options}'anon'")).await, "f t f f");
        // By itself it can do nothing, whatever it claims.
        say(&mut conn, &[("request.jwt.claims", r#"{"sub": "ann", "role": "authenticated"}"#)]).await;
        for sql in ["SELECT FROM api.pages", "INSERT INTO api.pages VALUES (4, 'ann', true)", "SELECT api.f()", "CREATE TABLE api.mine ()"]
        {
            assert_eq!(tried(&mut conn, sql).await, "42501", "{sql}");
        }
        assert_eq!(tried(&mut conn, "SET ROLE ps_owner").await, "42501");

        request(&mut conn, "anon", "{}").await;
        assert_eq!(text(&mut conn, "SELECT id::text FROM api.pages ORDER BY id").await, "1");
        assert_eq!(tried(&mut conn, "INSERT INTO api.pages VALUES (4, 'ann', true)").await, "42501");
        assert_eq!(tried(&mut conn, "SELECT FROM internal.secrets").await, "42501");

        request(&mut conn, "authenticated", r#"{"sub": "ann"}"#).await;
        assert_eq!(text(&mut conn, "SELECT id::text FROM api.pages ORDER BY id").await, "1 2");
        assert_eq!(tried(&mut conn, "INSERT INTO api.pages VALUES (4, 'ann', false)").await, "1");
        assert_eq!(tried(&mut conn, "INSERT INTO api.pages VALUES (4, 'bob', true)").await, "42501");
        assert_eq!(tried(&mut conn, "UPDATE api.pages SET public = true").await, "2");
        assert_eq!(tried(&mut conn, "SELECT FROM internal.secrets").await, "42501");
        world.close().await;
    });
}

#[test]
fn supabases_roles_are_used_as_they_are() {
    everywhere(async |server| {
        let world = World::empty(server, "pu").await;
        let mut admin = world.admin().await;
        for role in ["anon", "authenticated", "service_role BYPASSRLS", "authenticator LOGIN NOINHERIT"] {
            let made = format!("DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            run(&mut admin, made).await;
        }
        run(&mut admin, "GRANT anon, authenticated, service_role TO authenticator").await;
        world.database.let_in("authenticator").await.unwrap();
        let rows = format!("INSERT INTO notes VALUES (1, '{A}', true), (2, '{A}', false), (3, '{B}', false)");
        run(&mut admin, "SET ROLE pu_owner; CREATE TABLE notes (id int, owner_id uuid, public boolean); RESET ROLE").await;
        let roles = "SELECT string_agg(concat_ws(' ', r.*), ';' ORDER BY rolname) FROM pg_roles AS r WHERE rolname IN ('anon', 'authenticated', 'service_role', 'authenticator')";
        let before = text(&mut admin, roles).await;
        world.apply(&NOTES).await;
        same(&before, &text(&mut admin, roles).await);
        run(&mut admin, rows).await;

        let mut conn = world.database.connect("authenticator").await.unwrap();
        let ids = "SELECT id::text FROM notes ORDER BY id";
        assert_eq!(tried(&mut conn, ids).await, "42501");
        let token = |anonymous| format!(r#"{{"sub": "{A}", "role": "authenticated", "is_anonymous": {anonymous}}}"#);
        for (role, claims, seen) in [
            ("anon", String::new(), "1"),
            ("authenticated", String::new(), ""),
            ("authenticated", token(true), ""),
            ("authenticated", token(false), "1 2"),
            ("service_role", String::new(), "1 2 3"),
        ] {
            request(&mut conn, role, &claims).await;
            assert_eq!(text(&mut conn, ids).await, seen, "{role} {claims}");
        }
        world.close().await;
    });
}
