//! A column whose default is the caller: filled where the statement is silent, held where it is not.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{run, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "at")]
pub struct Caller {
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(name = "at_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "at_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "at_importer", login, noinherit)]
pub struct Importer;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Importer]))]
pub struct Main;

/// Everybody reads; who writes, writes in their own name.
#[derive(Policy)]
#[policy(table = "notes", context = Caller, tenant(user_id = ctx.user_id),
    permit(all, to = App),
    restrict(insert, update, to = App, using(written_by = current_user)),
    permit(select, insert, to = Importer, across_tenants = "imports the notes of the old system"))]
pub struct Note {
    #[policy(default(ctx.user_id))]
    pub user_id: Uuid,
    pub body: String,
    #[policy(default(current_user))]
    pub written_by: String,
}

/// No rule of the tenant holds the author here: a restriction does.
#[derive(Policy)]
#[policy(table = "comments", context = Caller, no_tenant,
    permit(select, insert, to = App, using(true)), permit(update(body), to = App, using(author = ctx.user_id)),
    restrict(insert, using(author = ctx.user_id)))]
pub struct Comment {
    #[policy(default(ctx.user_id))]
    pub author: Uuid,
    pub body: String,
}

policy_set! { pub ATTRIBUTED { owner: Owner, items: [Caller, Owner, App, Importer, Main, Note, Comment] } }

const TABLES: &str = "CREATE TABLE notes (user_id uuid NOT NULL, body text, written_by text);
    CREATE TABLE comments (author uuid NOT NULL, body text)";

#[test]
fn the_caller_is_the_default_and_no_other_can_be_written() {
    everywhere(async |server| {
        let world = World::new(server, "at", &ATTRIBUTED, TABLES, "").await;
        for (table, column) in [("notes", "user_id"), ("comments", "author")] {
            for mut app in world.sessions("at_app", table, "at.user_id").await {
                // Nobody asks: there is no default, and no row without one.
                assert_eq!(tried(&mut app, format!("INSERT INTO {table} (body) VALUES ('x')")).await, "42501");
                say(&mut app, &[("at.user_id", A)]).await;
                assert_eq!(tried(&mut app, format!("INSERT INTO {table} (body) VALUES ('x')")).await, "1");
                assert_eq!(tried(&mut app, format!("INSERT INTO {table} ({column}, body) VALUES ('{B}', 'x')")).await, "42501");
                assert_eq!(tried(&mut app, format!("INSERT INTO {table} ({column}, body) VALUES (DEFAULT, 'x')")).await, "1");
                run(&mut app, format!("INSERT INTO {table} (body) VALUES ('mine')")).await;
                assert_eq!(text(&mut app, format!("SELECT DISTINCT {column}::text FROM {table}")).await, A);
                assert_eq!(tried(&mut app, format!("UPDATE {table} SET {column} = '{B}' WHERE body = 'mine'")).await, "42501");
            }
        }
        let mut importer = world.as_role("at_importer", &["notes"]).await;
        assert_eq!(tried(&mut importer, format!("INSERT INTO notes (user_id, body) VALUES ('{B}', 'old')")).await, "1");
        let mut app = world.as_role("at_app", &["notes"]).await;
        say(&mut app, &[("at.user_id", A)]).await;
        assert_eq!(tried(&mut app, "INSERT INTO notes (body, written_by) VALUES ('x', 'somebody')").await, "42501");
        world.close().await;
    });
}
