//! Functions: with the rights of a definer or of whoever asks, out of PUBLIC's hands, with a path that no caller turns,
//! and called by policies.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};

use super::support::{lines, run, text, tried};
use super::world::{World, everywhere, say};

#[derive(Role)]
#[role(name = "lf_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lf_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lf_other", login, noinherit)]
pub struct Other;

#[derive(Role)]
#[role(name = "lf_reader")]
pub struct Reader;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Other, Reader]))]
pub struct Main;

#[derive(Schema)]
#[schema(name = "lf_work", grant(usage, to = [App, Other]), grant(execute on functions, to = App))]
pub struct Work;

#[functions(schema = "public", definer = Reader, search_path = "public", grant(execute, to = App))]
pub trait Access {
    #[function(volatility = stable, body_file = "tests/live/functions.sql")]
    fn sees_team(team_id: i32) -> bool;
    /// It is there before: `ALTER FUNCTION`.
    fn count_members() -> i64;
    #[function(name = "count_members", body = "SELECT count(*) FROM members WHERE members.team_id = count_members.team_id")]
    fn count_of(team_id: i32) -> i64;
}

#[functions(schema = "lf_work", grant(execute, to = Other))]
pub trait AsCaller {
    #[function(body = "SELECT m.team_id FROM public.members AS m")]
    fn teams() -> SetOf<i32>;
    #[function(volatility = stable, language = "plpgsql", body = "begin return nullif(current_setting('lf.user_id', true), '')::int; end")]
    fn user_id() -> i32;
}

#[derive(Context)]
#[context(prefix = "lf")]
pub struct Caller {
    #[context(read = AsCaller.user_id)]
    pub user_id: i32,
}

#[derive(Policy)]
#[policy(table = "members", no_tenant, permit(select, to = Reader, using(true)))]
pub struct Member {
    pub team_id: i32,
    pub user_id: i32,
}

#[derive(Policy)]
#[policy(
    table = "notes", context = Caller, no_tenant,
    permit(select, to = App, using(Access.sees_team(team_id))),
    permit(insert, to = App, using = "public.sees_team(team_id) AND author = ctx.user_id"),
)]
pub struct Note {
    pub id: i32,
    pub team_id: i32,
    pub author: i32,
}

policy_set! {
    pub FUNCTIONS {
        owner: Owner,
        items: [Owner, App, Other, Reader, Main, Work, Access, AsCaller, Caller, Member, Note],
    }
}

const TABLES: &str =
    "CREATE SCHEMA lf_work; CREATE TABLE members (team_id int, user_id int); CREATE TABLE notes (id int, team_id int, author int);
    CREATE FUNCTION count_members() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM members'";
const ROWS: &str = "INSERT INTO members VALUES (1, 10), (2, 20); INSERT INTO notes VALUES (1, 1, 10), (2, 2, 20)";

#[test]
fn a_definer_lends_its_rights_to_a_policy_and_to_nobody_else() {
    everywhere(async |server| {
        let world = World::new(server, "lf", &FUNCTIONS, TABLES, ROWS).await;
        let mut app = world.as_role("lf_app", &["notes"]).await;
        assert_eq!(text(&mut app, "SELECT id::text FROM notes").await, "", "nobody asks");
        say(&mut app, &[("lf.user_id", "10")]).await;
        assert_eq!(text(&mut app, "SELECT id::text FROM notes").await, "1");
        assert_eq!(tried(&mut app, "INSERT INTO notes VALUES (3, 1, 10)").await, "1");
        assert_eq!(tried(&mut app, "INSERT INTO notes VALUES (3, 1, 20)").await, "42501", "in the name of another");
        assert_eq!(tried(&mut app, "INSERT INTO notes VALUES (3, 2, 10)").await, "42501", "for a team of others");
        assert_eq!(tried(&mut app, "SELECT * FROM members").await, "42501");
        assert_eq!(text(&mut app, "SELECT count_members()::text").await, "2", "the definer's rights");
        assert_eq!(text(&mut app, "SELECT count_members(1)::text").await, "1");
        assert_eq!(tried(&mut app, "SELECT lf_work.teams()").await, "42501", "the caller's rights");
        let mut other = world.as_role("lf_other", &["notes"]).await;
        for call in ["sees_team(1)", "count_members()", "count_members(1)"] {
            assert_eq!(tried(&mut other, format!("SELECT {call}")).await, "42501", "PUBLIC may not execute {call}");
        }
        world.close().await;
    });
}

#[test]
fn a_caller_cannot_turn_the_path() {
    everywhere(async |server| {
        let world = World::new(server, "lf", &FUNCTIONS, TABLES, ROWS).await;
        let mut app = world.as_role("lf_app", &["notes"]).await;
        say(&mut app, &[("lf.user_id", "10")]).await;
        run(
            &mut app,
            "CREATE TEMP TABLE members (team_id int, user_id int); INSERT INTO members VALUES (2, 10); SET search_path = pg_temp, public",
        )
        .await;
        assert_eq!(text(&mut app, "SELECT id::text FROM public.notes").await, "1");
        assert_eq!(text(&mut app, "SELECT public.count_members()::text").await, "2");
        world.close().await;
    });
}

#[test]
fn functions_are_as_declared() {
    everywhere(async |server| {
        let world = World::new(server, "lf", &FUNCTIONS, TABLES, ROWS).await;
        let mut admin = world.admin().await;
        let found = lines(
            &mut admin,
            "SELECT concat_ws(' ', p.oid::regprocedure, proowner::regrole, prosecdef, provolatile, proconfig, proacl) FROM pg_proc AS p
             WHERE pronamespace IN ('public'::regnamespace, 'lf_work'::regnamespace) ORDER BY 1",
        )
        .await;
        assert_eq!(
            found,
            [
                "count_members() lf_reader t v {\"search_path=public, pg_temp\"} {lf_reader=X/lf_reader,lf_app=X/lf_reader}",
                "count_members(integer) lf_reader t v {\"search_path=public, pg_temp\"} {lf_reader=X/lf_reader,lf_app=X/lf_reader}",
                "lf_work.teams() lf_owner f v {\"search_path=lf_work, pg_temp\"} {lf_owner=X/lf_owner,lf_app=X/lf_owner,lf_other=X/lf_owner}",
                "lf_work.user_id() lf_owner f s {\"search_path=lf_work, pg_temp\"} {lf_owner=X/lf_owner,lf_app=X/lf_owner,lf_other=X/lf_owner}",
                "sees_team(integer) lf_reader t s {\"search_path=public, pg_temp\"} {lf_reader=X/lf_reader,lf_app=X/lf_reader}",
            ]
        );
        let create = "SELECT count(*)::text FROM pg_namespace, aclexplode(nspacl)
            WHERE grantee = 'lf_reader'::regrole AND privilege_type = 'CREATE'";
        assert_eq!(text(&mut admin, create).await, "0", "only for a moment");
        world.close().await;
    });
}
