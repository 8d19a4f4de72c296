//! Members that list each other through functions of a reader: the set of the caller's teams, and one team at a time.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};

use super::support::{lines, text, tried};
use super::world::{World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lf")]
pub struct Caller {
    pub user: i32,
}

#[derive(Role)]
#[role(name = "lf_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lf_app", login, noinherit)]
pub struct App;

/// Reads the members for the policies, and nobody logs in as it.
#[derive(Role)]
#[role(name = "lf_reader")]
pub struct Reader;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Reader]))]
pub struct Main;

#[functions(schema = "public", definer = Reader, search_path = "pg_catalog", language = "sql", grant(execute, to = App))]
pub trait Membership {
    /// The teams of the caller.
    #[function(volatility = stable, body = "
        SELECT ARRAY(SELECT m.team FROM public.members AS m WHERE m.member = nullif(current_setting('lf.user', true), '')::int)
    ")]
    fn my_teams() -> Vec<i32>;
    #[function(volatility = stable, body = "
        SELECT EXISTS (SELECT FROM public.members AS m WHERE m.team = $1 AND m.admin AND m.member = nullif(current_setting('lf.user', true), '')::int)
    ")]
    fn administers(team: i32) -> bool;
}

#[derive(Policy)]
#[policy(
    table = "members", tenant(team = ANY(Membership.my_teams())),
    permit(select, to = App),
    permit(insert, delete, to = App, using(Membership.administers(team))),
    permit(select, to = Reader, across_tenants = "the functions of memberships read all of them"),
)]
pub struct Member {
    pub team: i32,
    pub member: i32,
    pub admin: bool,
}

#[derive(Policy)]
#[policy(table = "papers", context = Caller, no_tenant,
    permit(select, insert, to = App, using(owner = ctx.user OR team = ANY(Membership.my_teams()))),
    permit(delete, to = App, using(Membership.administers(team))))]
pub struct Paper {
    pub id: i32,
    pub team: Option<i32>,
    pub owner: i32,
}

/// What no caller's team has; nothing of an unknown team.
#[derive(Policy)]
#[policy(table = "foreign_papers", no_tenant, permit(select, to = App, using(team <> ALL(Membership.my_teams()))))]
pub struct ForeignPaper {
    pub id: i32,
    pub team: Option<i32>,
}

policy_set! {
    pub BY_FUNCTION { owner: Owner, items: [Owner, App, Reader, Caller, Main, Membership, Member, Paper, ForeignPaper] }
}

const TABLES: &str = "
    CREATE TABLE members (team int, member int, admin boolean NOT NULL, PRIMARY KEY (team, member));
    CREATE TABLE papers (id int PRIMARY KEY, team int, owner int NOT NULL);
    CREATE INDEX papers_of_a_team ON papers (team); CREATE INDEX papers_of_an_owner ON papers (owner);
    CREATE TABLE foreign_papers (id int PRIMARY KEY, team int);";

const ROWS: &str = "
    INSERT INTO members VALUES (1, 1, true), (1, 2, false), (2, 2, false), (2, 3, true);
    INSERT INTO papers VALUES (1, 1, 9), (2, 2, 9), (3, 3, 9), (4, NULL, 9), (5, NULL, 1);
    INSERT INTO foreign_papers SELECT id, team FROM papers;";

#[test]
fn a_definer_function_answers_for_the_caller() {
    everywhere(async |server| {
        let world = World::new(server, "lf", &BY_FUNCTION, TABLES, ROWS).await;
        let mut app = world.as_role("lf_app", &["members", "papers", "foreign_papers"]).await;
        // user, members of its teams, papers, papers of other teams, papers that it may delete
        let seen = [
            ("1", "1 2", "1 5", "2 3", "1"),
            ("2", "1 2 2 3", "1 2", "3", "0"),
            ("3", "2 3", "2", "1 3", "1"),
            // To be in none of no teams is true even of an unknown one.
            ("4", "", "", "1 2 3 4 5", "0"),
            ("", "", "", "1 2 3 4 5", "0"),
        ];
        for (user, members, papers, foreign, deleted) in seen {
            say(&mut app, &[("lf.user", user)]).await;
            assert_eq!(text(&mut app, "SELECT member::text FROM members ORDER BY member").await, members, "user {user:?}");
            assert_eq!(text(&mut app, "SELECT id::text FROM papers ORDER BY id").await, papers, "user {user:?}");
            assert_eq!(text(&mut app, "SELECT id::text FROM foreign_papers ORDER BY id").await, foreign, "user {user:?}");
            assert_eq!(tried(&mut app, "DELETE FROM papers").await, deleted, "user {user:?}");
        }
        say(&mut app, &[("lf.user", "1")]).await;
        for (insert, answer) in [
            ("papers VALUES (9, 1, 9)", "1"),
            ("papers VALUES (9, 2, 1)", "1"),
            ("papers VALUES (9, 2, 9)", "42501"),
            ("papers VALUES (9, NULL, 9)", "42501"),
            ("members VALUES (1, 4, false)", "1"),
            ("members VALUES (2, 1, true)", "42501"),
        ] {
            assert_eq!(tried(&mut app, format!("INSERT INTO {insert}")).await, answer, "{insert}");
        }
        assert_eq!(tried(&mut app, "SET ROLE lf_reader").await, "42501");
        world.close().await;
    });
}

/// What asks nothing about the row is asked once for a statement, and the columns' indexes are used.
#[test]
fn the_set_of_teams_is_asked_for_once() {
    everywhere(async |server| {
        let world = World::new(server, "lf", &BY_FUNCTION, TABLES, ROWS).await;
        let mut app = world.as_role("lf_app", &["papers"]).await;
        say(&mut app, &[("lf.user", "1"), ("enable_seqscan", "off")]).await;
        let plan = lines(&mut app, "EXPLAIN (COSTS OFF) SELECT * FROM papers").await.join("\n");
        assert!(plan.contains("InitPlan") && plan.contains("BitmapOr") && plan.contains("Index Cond: (team = ANY ("), "{plan}");
        world.close().await;
    });
}
