//! Triggers of every form, created by a migrator that is no superuser, fired by the application.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};
use uuid::Uuid;

use super::support::{run, text, tried};
use super::world::{A, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lr")]
pub struct Caller {
    pub tenant: Uuid,
}

#[derive(Role)]
#[role(name = "lr_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lr_app", login, noinherit)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

#[functions(schema = "public", language = "plpgsql")]
pub trait Fns {
    #[function(returns = "trigger", body = "BEGIN new.note := coalesce(new.note, '') || TG_NAME; RETURN new; END")]
    fn mark();
    #[function(
        returns = "trigger",
        body = "BEGIN PERFORM set_config('lr.seen', concat_ws(',', nullif(current_setting('lr.seen', true), ''), TG_NAME), false); RETURN NULL; END"
    )]
    fn see();
}

#[derive(Policy)]
#[policy(
    table = "Jobs", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App),
    trigger(before(insert, update(status)), each_row, execute = Fns.mark, name = "a mark"),
    trigger(after(update), each_row, execute = Fns.see, when(new.status <> old.status AND new.status = "it's done")),
    trigger(after(insert, delete), each_statement, execute = Fns.see),
    trigger(before(truncate), each_statement, execute = Fns.see),
)]
pub struct Job {
    pub id: i32,
    #[policy(column = "tenantId")]
    pub tenant: Uuid,
    #[policy(column = "jobStatus")]
    pub status: String,
    pub note: Option<String>,
}

policy_set! {
    pub TRIGGERS { owner: Owner, items: [Caller, Owner, App, Main, Fns, Job] }
}

#[test]
fn triggers_fire_as_declared() {
    everywhere(async |server| {
        let tables = r#"CREATE TABLE "Jobs" (id int PRIMARY KEY, "tenantId" uuid NOT NULL, "jobStatus" text NOT NULL, note text)"#;
        let world = World::new(server, "lr", &TRIGGERS, tables, "").await;
        let mut app = world.as_role("lr_app", &["\"Jobs\""]).await;
        say(&mut app, &[("lr.tenant", A)]).await;
        let seen = "SELECT current_setting('lr.seen', true)";
        run(&mut app, format!("INSERT INTO \"Jobs\" VALUES (1, '{A}', 'new', NULL), (2, '{A}', 'new', NULL)")).await;
        assert_eq!(text(&mut app, seen).await, "after_insert_delete_see");
        run(&mut app, "SELECT set_config('lr.seen', '', false); UPDATE \"Jobs\" SET \"jobStatus\" = 'x'; UPDATE \"Jobs\" SET note = note")
            .await;
        assert_eq!(text(&mut app, seen).await, "", "the condition does not hold");
        assert_eq!(
            text(&mut app, "SELECT note FROM \"Jobs\" WHERE id = 1").await,
            "a marka mark",
            "once on the insert, once on the column"
        );
        run(&mut app, "UPDATE \"Jobs\" SET \"jobStatus\" = 'it''s done'").await;
        assert_eq!(text(&mut app, seen).await, "after_update_see,after_update_see");
        run(&mut app, "SELECT set_config('lr.seen', '', false); DELETE FROM \"Jobs\"").await;
        assert_eq!(text(&mut app, seen).await, "after_insert_delete_see");
        let mut admin = world.admin().await;
        run(&mut admin, "TRUNCATE \"Jobs\"").await;
        assert_eq!(text(&mut admin, seen).await, "before_truncate_see");
        // They are not the application's to take away, nor are their functions to call or to use elsewhere.
        for sql in [
            "ALTER TABLE \"Jobs\" DISABLE TRIGGER ALL",
            "DROP TRIGGER \"a mark\" ON \"Jobs\"",
            "SELECT mark()",
            "CREATE TEMPORARY TABLE mine (id int); CREATE TRIGGER t BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION public.mark()",
        ] {
            assert_eq!(tried(&mut app, sql).await, "42501", "{sql}");
        }
        world.close().await;
    });
}
