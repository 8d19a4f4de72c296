//! Rows that other tables decide: through a parent, by membership, by EXISTS; and restrictions.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{lines, run, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lr")]
pub struct Caller {
    pub tenant: Uuid,
    pub user: i32,
}

#[derive(Role)]
#[role(name = "lr_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lr_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lr_intern", login, noinherit)]
pub struct Intern;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Intern]))]
pub struct Main;

#[derive(Policy)]
#[policy(table = "projects", context = Caller, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Project {
    pub id: i32,
    pub tenant: Uuid,
}

#[derive(Policy)]
#[policy(table = "tasks", tenant(through(project = Project.id)), permit(all, to = App))]
pub struct Task {
    pub id: i32,
    pub project: i32,
}

#[derive(Policy)]
#[policy(table = "steps", tenant(through(task = Task.id)), permit(all, to = App))]
pub struct Step {
    pub id: i32,
    pub task: i32,
}

/// Who is in which team; a row without a team is possible.
#[derive(Policy)]
#[policy(table = "members", context = Caller, no_tenant, permit(select, to = App, using(member = ctx.user)))]
pub struct Member {
    pub team: Option<i32>,
    pub member: i32,
}

#[derive(Policy)]
#[policy(table = "boards", context = Caller, no_tenant, permit(select, update, to = App, using(
    team IN (SELECT m.team FROM Member m WHERE m.member = ctx.user)
)))]
pub struct Board {
    pub id: i32,
    pub team: Option<i32>,
}

#[derive(Policy)]
#[policy(table = "walls", context = Caller, no_tenant, permit(select, to = App, using(
    team NOT IN (SELECT m.team FROM Member m WHERE m.member = ctx.user)
)))]
pub struct Wall {
    pub id: i32,
    pub team: Option<i32>,
}

/// Graded by one of the caller's teams: a join, and the row in the condition.
#[derive(Policy)]
#[policy(table = "papers", context = Caller, no_tenant,
    permit(select, to = App, using(EXISTS (
        SELECT 1 FROM Member m JOIN Grade g ON g.team = m.team WHERE m.member = ctx.user AND g.paper = self.id AND (g.open OR self.mine = ctx.user)
    ))),
)]
pub struct Paper {
    pub id: i32,
    pub mine: i32,
}

#[derive(Policy)]
#[policy(table = "grades", no_tenant, permit(select, to = App, using(true)))]
pub struct Grade {
    pub team: i32,
    pub paper: i32,
    pub open: bool,
}

#[derive(Policy)]
#[policy(
    table = "ledger", context = Caller,
    tenant(tenant = ctx.tenant),
    permit(all, to = App),
    permit(select, to = Intern),
    restrict(update, delete, using(NOT closed)),
    restrict(insert, with_check(amount > 0)),
    restrict(select, to = Intern, using(amount < 100)),
)]
pub struct Entry {
    pub id: i32,
    pub tenant: Uuid,
    pub amount: i32,
    pub closed: bool,
}

policy_set! {
    pub REACH {
        owner: Owner,
        items: [Owner, App, Intern, Caller, Main, Project, Task, Step, Member, Board, Wall, Paper, Grade, Entry],
    }
}

const TABLES: &str = "
    CREATE TABLE projects (id int PRIMARY KEY, tenant uuid NOT NULL);
    CREATE TABLE tasks (id int PRIMARY KEY, project int NOT NULL REFERENCES projects);
    CREATE TABLE steps (id int PRIMARY KEY, task int NOT NULL REFERENCES tasks);
    CREATE TABLE members (team int, member int NOT NULL);
    CREATE TABLE boards (id int PRIMARY KEY, team int);
    CREATE INDEX boards_of_a_team ON boards (team);
    CREATE TABLE walls (id int PRIMARY KEY, team int);
    CREATE TABLE papers (id int PRIMARY KEY, mine int NOT NULL);
    CREATE TABLE grades (team int, paper int, open boolean);
    CREATE TABLE ledger (id int PRIMARY KEY, tenant uuid NOT NULL, amount int NOT NULL, closed boolean NOT NULL DEFAULT false);";

async fn world(server: &hedgerow::testing::Server) -> World {
    let rows = format!(
        "INSERT INTO projects VALUES (1, '{A}'), (2, '{B}'); INSERT INTO tasks VALUES (10, 1), (20, 2); INSERT INTO steps VALUES (100, 10), (200, 20);
        INSERT INTO members VALUES (1, 1), (2, 1), (1, 2), (NULL, 2), (NULL, 3);
        INSERT INTO boards SELECT n, nullif(n % 4, 0) FROM generate_series(1, 400) AS n; INSERT INTO walls SELECT * FROM boards;
        ANALYZE boards;
        INSERT INTO papers VALUES (1, 1), (2, 2), (3, 1); INSERT INTO grades VALUES (1, 1, false), (2, 2, true), (3, 3, true);
        INSERT INTO ledger VALUES (1, '{A}', 50, false), (2, '{A}', 500, true), (3, '{B}', 5, false);"
    );
    World::new(server, "lr", &REACH, TABLES, &rows).await
}

#[test]
fn a_row_belongs_to_the_tenant_of_its_parent() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut app in world.sessions("lr_app", "steps", "lr.tenant").await {
            for table in ["projects", "tasks", "steps"] {
                assert_eq!(text(&mut app, format!("SELECT count(*)::text FROM {table}")).await, "0");
            }
            say(&mut app, &[("lr.tenant", A)]).await;
            assert_eq!(text(&mut app, "SELECT id::text FROM tasks").await, "10");
            assert_eq!(text(&mut app, "SELECT id::text FROM steps").await, "100");
            assert_eq!(tried(&mut app, "INSERT INTO tasks VALUES (11, 1)").await, "1");
            assert_eq!(tried(&mut app, "INSERT INTO steps VALUES (101, 10)").await, "1");
            // The foreign key alone would let these pass.
            assert_eq!(tried(&mut app, "INSERT INTO tasks VALUES (11, 2)").await, "42501");
            assert_eq!(tried(&mut app, "INSERT INTO steps VALUES (101, 20)").await, "42501");
            assert_eq!(tried(&mut app, "UPDATE tasks SET project = 2").await, "42501");
            assert_eq!(tried(&mut app, "UPDATE steps SET task = 10").await, "1");
            assert_eq!(tried(&mut app, "DELETE FROM steps").await, "1");
        }
        // Who may not read the parent reads no child either.
        let mut admin = world.admin().await;
        run(&mut admin, "REVOKE SELECT ON projects FROM lr_app").await;
        let mut app = world.as_role("lr_app", &["tasks"]).await;
        say(&mut app, &[("lr.tenant", A)]).await;
        assert_eq!(tried(&mut app, "SELECT FROM tasks").await, "42501");
        world.close().await;
    });
}

/// `= ANY (ARRAY(..))` where IN was written: the truth table of plain IN and NOT IN, NULL and the empty set included.
#[test]
fn membership_in_the_fast_form_is_plain_membership() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut admin = world.admin().await;
        let mut app = world.as_role("lr_app", &["boards", "walls", "members"]).await;
        for user in ["1", "2", "3", "4", ""] {
            say(&mut app, &[("lr.user", user)]).await;
            for (table, word) in [("boards", "IN"), ("walls", "NOT IN")] {
                let ids = format!("SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM {table}");
                let plain = format!("{ids} WHERE team {word} (SELECT team FROM members WHERE member = nullif('{user}', '')::int)");
                assert_eq!(text(&mut app, &ids).await, text(&mut admin, plain).await, "user {user:?}, {word}");
            }
        }
        for mut app in world.sessions("lr_app", "boards", "lr.user").await {
            assert_eq!(text(&mut app, "SELECT count(*)::text FROM boards").await, "0");
            say(&mut app, &[("lr.user", "1")]).await;
            assert_eq!(text(&mut app, "SELECT count(*)::text FROM boards").await, "200");
            assert_eq!(tried(&mut app, "UPDATE boards SET team = 2 WHERE team = 1").await, "100");
            assert_eq!(tried(&mut app, "UPDATE boards SET team = 3 WHERE team = 1").await, "42501");
            assert_eq!(tried(&mut app, "UPDATE boards SET team = NULL WHERE team = 1").await, "42501");
        }
        world.close().await;
    });
}

/// The members are read once for a statement, and the index of the column is used.
#[test]
fn membership_is_evaluated_once() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lr_app", &["boards"]).await;
        say(&mut app, &[("lr.user", "1"), ("enable_seqscan", "off")]).await;
        let plan = lines(&mut app, "EXPLAIN (COSTS OFF) SELECT * FROM boards").await.join("\n");
        assert!(plan.contains("InitPlan") && !plan.contains("SubPlan 1)") && !plan.contains("hashed"), "{plan}");
        assert!(plan.contains("Index Cond: (team = ANY ("), "{plan}");
        world.close().await;
    });
}

#[test]
fn exists_with_a_join_and_the_row_itself() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut app = world.as_role("lr_app", &["papers"]).await;
        for (user, seen) in [("", ""), ("1", "1 2"), ("2", ""), ("4", "")] {
            say(&mut app, &[("lr.user", user)]).await;
            assert_eq!(text(&mut app, "SELECT id::text FROM papers ORDER BY id").await, seen, "user {user:?}");
        }
        world.close().await;
    });
}

#[test]
fn restrictions_hold_beside_every_permit() {
    everywhere(async |server| {
        let world = world(server).await;
        for mut app in world.sessions("lr_app", "ledger", "lr.tenant").await {
            assert_eq!(text(&mut app, "SELECT count(*)::text FROM ledger").await, "0");
            say(&mut app, &[("lr.tenant", A)]).await;
            assert_eq!(text(&mut app, "SELECT id::text FROM ledger ORDER BY id").await, "1 2");
            assert_eq!(tried(&mut app, "UPDATE ledger SET amount = 7").await, "1");
            assert_eq!(tried(&mut app, "UPDATE ledger SET closed = true WHERE id = 1").await, "42501");
            assert_eq!(tried(&mut app, "DELETE FROM ledger").await, "1");
            assert_eq!(tried(&mut app, format!("INSERT INTO ledger VALUES (9, '{A}', 1)")).await, "1");
            assert_eq!(tried(&mut app, format!("INSERT INTO ledger VALUES (9, '{A}', 0)")).await, "42501");
            assert_eq!(tried(&mut app, format!("INSERT INTO ledger VALUES (9, '{B}', 1)")).await, "42501");
        }
        let mut intern = world.as_role("lr_intern", &["ledger"]).await;
        say(&mut intern, &[("lr.tenant", A)]).await;
        assert_eq!(text(&mut intern, "SELECT id::text FROM ledger").await, "1");
        world.close().await;
    });
}
