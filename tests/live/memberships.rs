//! Organisation, team, project: access through tables of members, which list each other without a circle.

use hedgerow::{Context, Policy, Role, Schema, View, policy_set};

use super::support::{lines, run, text, tried};
use super::world::{World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lz")]
pub struct Caller {
    pub user: i32,
}

#[derive(Role)]
#[role(name = "lz_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lz_app", login, noinherit)]
pub struct App;

/// Reads the members for the policies, and nobody logs in as it.
#[derive(Role)]
#[role(name = "lz_reader")]
pub struct Reader;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Reader]))]
pub struct Main;

/// The organisations of the caller.
#[derive(View)]
#[view(name = "my_orgs", context = Caller, definer = Reader, grant(select, to = App),
    query(SELECT m.org, m.admin FROM OrgMember m WHERE m.member = ctx.user))]
pub struct MyOrg {
    pub org: i32,
    pub admin: bool,
}

/// The teams of the caller, and those of the organisations that it administers.
#[derive(View)]
#[view(name = "my_teams", context = Caller, definer = Reader, grant(select, to = App), query(
    SELECT t.id AS team FROM Team t
    WHERE t.id IN (SELECT m.team FROM TeamMember m WHERE m.member = ctx.user)
        OR t.org IN (SELECT o.org FROM OrgMember o WHERE o.member = ctx.user AND o.admin)
))]
pub struct MyTeam {
    pub team: i32,
}

/// Members of an organisation see each other; its admins add and remove them.
#[derive(Policy)]
#[policy(
    table = "org_members",
    tenant(org IN (SELECT o.org FROM MyOrg o)),
    permit(select, to = App),
    permit(insert, delete, to = App, using(org IN (SELECT a.org FROM MyOrg a WHERE a.admin))),
    permit(select, to = Reader, across_tenants = "the views of memberships read all of them"),
)]
pub struct OrgMember {
    pub org: i32,
    pub member: i32,
    pub admin: bool,
}

#[derive(Policy)]
#[policy(
    table = "teams", tenant(org IN (SELECT o.org FROM MyOrg o)),
    permit(select, to = App),
    permit(select, to = Reader, across_tenants = "the views of memberships read all of them"),
)]
pub struct Team {
    pub id: i32,
    pub org: i32,
}

/// Members of a team see each other.
#[derive(Policy)]
#[policy(
    table = "team_members", tenant(through(team = Team.id)),
    permit(select, insert, to = App, using(team IN (SELECT t.team FROM MyTeam t))),
    permit(select, to = Reader, across_tenants = "the views of memberships read all of them"),
)]
pub struct TeamMember {
    pub team: i32,
    pub member: i32,
}

/// A project belongs to a team: its members work on it.
#[derive(Policy)]
#[policy(table = "projects", tenant(team IN (SELECT t.team FROM MyTeam t)), permit(all, to = App))]
pub struct Project {
    pub id: i32,
    pub team: i32,
    pub title: String,
}

policy_set! {
    pub MEMBERSHIPS {
        owner: Owner,
        items: [Owner, App, Reader, Caller, Main, MyOrg, MyTeam, OrgMember, Team, TeamMember, Project],
    }
}

const TABLES: &str = "
    CREATE TABLE org_members (org int, member int, admin boolean NOT NULL DEFAULT false, PRIMARY KEY (org, member));
    CREATE TABLE teams (id int PRIMARY KEY, org int NOT NULL);
    CREATE TABLE team_members (team int, member int, PRIMARY KEY (team, member));
    CREATE TABLE projects (id int PRIMARY KEY, team int NOT NULL, title text NOT NULL DEFAULT '');
    CREATE INDEX projects_of_a_team ON projects (team);";

/// Organisation 1 has the teams 11 and 12, organisation 2 has 21. User 1 administers organisation 1 and is in no team; 2 is in
/// 11; 3 in 11 and 12; 4 in 21; 5 is in both organisations, in 12 and 21; 6 is in organisation 2 only; 7 in none.
const ROWS: &str = "
    INSERT INTO org_members VALUES (1, 1, true), (1, 2, false), (1, 3, false), (2, 4, true), (1, 5, false), (2, 5, false), (2, 6, false);
    INSERT INTO teams VALUES (11, 1), (12, 1), (21, 2);
    INSERT INTO team_members VALUES (11, 2), (11, 3), (12, 3), (12, 5), (21, 4), (21, 5);
    INSERT INTO projects SELECT n, (ARRAY[11, 12, 21])[n % 3 + 1] FROM generate_series(1, 6) AS n;";

async fn world(server: &hedgerow::testing::Server) -> World {
    World::new(server, "lz", &MEMBERSHIPS, TABLES, ROWS).await
}

#[test]
fn members_reach_what_is_theirs() {
    everywhere(async |server| {
        let world = world(server).await;
        let tables = ["org_members", "teams", "team_members", "projects"];
        let mut app = world.as_role("lz_app", &tables).await;
        // user, members of its organisations, teams, members of its teams, projects
        let seen = [
            ("1", "1 2 3 5", "11 12", "2 3 3 5", "1 3 4 6"),
            ("2", "1 2 3 5", "11 12", "2 3", "3 6"),
            ("3", "1 2 3 5", "11 12", "2 3 3 5", "1 3 4 6"),
            ("4", "4 5 6", "21", "4 5", "2 5"),
            ("5", "1 2 3 4 5 5 6", "11 12 21", "3 4 5 5", "1 2 4 5"),
            ("6", "4 5 6", "21", "", ""),
            ("7", "", "", "", ""),
            ("", "", "", "", ""),
        ];
        for (user, org, teams, team, projects) in seen {
            say(&mut app, &[("lz.user", user)]).await;
            assert_eq!(text(&mut app, "SELECT member::text FROM org_members ORDER BY member").await, org, "user {user:?}");
            assert_eq!(text(&mut app, "SELECT id::text FROM teams ORDER BY id").await, teams, "user {user:?}");
            assert_eq!(text(&mut app, "SELECT member::text FROM team_members ORDER BY member").await, team, "user {user:?}");
            assert_eq!(text(&mut app, "SELECT id::text FROM projects ORDER BY id").await, projects, "user {user:?}");
        }
        world.close().await;
    });
}

#[test]
fn members_write_what_is_theirs() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut app in world.sessions("lz_app", "projects", "lz.nobody").await {
            assert_eq!(tried(&mut app, "INSERT INTO projects VALUES (9, 11)").await, "42501");
            say(&mut app, &[("lz.user", "2")]).await;
            assert_eq!(tried(&mut app, "INSERT INTO projects VALUES (9, 11)").await, "1");
            assert_eq!(tried(&mut app, "INSERT INTO projects VALUES (9, 12)").await, "42501");
            assert_eq!(tried(&mut app, "UPDATE projects SET title = 'x'").await, "2");
            assert_eq!(tried(&mut app, "UPDATE projects SET team = 12").await, "42501");
            assert_eq!(tried(&mut app, "DELETE FROM projects").await, "2");
            // Nobody makes itself a member.
            for insert in [
                "org_members VALUES (2, 2, true)",
                "org_members VALUES (1, 8, false)",
                "team_members VALUES (12, 2)",
                "team_members VALUES (21, 2)",
            ] {
                assert_eq!(tried(&mut app, format!("INSERT INTO {insert}")).await, "42501", "{insert}");
            }
            assert_eq!(tried(&mut app, "INSERT INTO team_members VALUES (11, 1)").await, "1");
            assert_eq!(tried(&mut app, "DELETE FROM org_members").await, "0");
            // The admin of one organisation.
            say(&mut app, &[("lz.user", "1")]).await;
            assert_eq!(tried(&mut app, "INSERT INTO org_members VALUES (1, 8, false)").await, "1");
            assert_eq!(tried(&mut app, "INSERT INTO org_members VALUES (2, 8, false)").await, "42501");
            assert_eq!(tried(&mut app, "DELETE FROM org_members").await, "4");
            assert_eq!(tried(&mut app, "INSERT INTO team_members VALUES (12, 1)").await, "1");
            assert_eq!(tried(&mut app, "INSERT INTO team_members VALUES (21, 1)").await, "42501");
        }
        world.close().await;
    });
}

/// The views answer for the caller only, their owner is no way in, and the members are read once for a statement.
#[test]
fn the_reader_opens_nothing() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lz_app", &["projects"]).await;
        say(&mut app, &[("lz.user", "2"), ("enable_seqscan", "off")]).await;
        assert_eq!(text(&mut app, "SELECT team::text FROM my_teams").await, "11");
        for refused in ["SET ROLE lz_reader", "INSERT INTO my_teams VALUES (21)", "DELETE FROM my_orgs"] {
            assert_eq!(tried(&mut app, refused).await, "42501", "{refused}");
        }
        let plan = lines(&mut app, "EXPLAIN (COSTS OFF) SELECT * FROM projects").await.join("\n");
        assert!(plan.contains("InitPlan") && plan.contains("Index Cond: (team = ANY ("), "{plan}");
        let mut admin = world.admin().await;
        let owners = "SELECT relname::text || ' ' || relowner::regrole FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace ORDER BY 1";
        assert_eq!(text(&mut admin, owners).await, "my_orgs lz_reader my_teams lz_reader");
        run(&mut admin, "SET ROLE lz_reader").await;
        assert_eq!(tried(&mut admin, "SELECT FROM projects").await, "42501");
        world.close().await;
    });
}
