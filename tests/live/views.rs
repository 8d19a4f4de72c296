//! Views: with the rights of a definer under FORCE, with those of whoever asks, one over another, and in a policy.

use hedgerow::{Context, Policy, Role, Schema, View, policy_set};
use uuid::Uuid;

use super::support::{run, same, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lv")]
pub struct Visit {
    pub tenant: Uuid,
}

#[derive(Role)]
#[role(name = "lv_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lv_anonymous", login, noinherit)]
pub struct Anonymous;

#[derive(Role)]
#[role(name = "lv_app", login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "lv_reader")]
pub struct Reader;

#[derive(Role)]
#[role(name = "lv_counter")]
pub struct Counter;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [Anonymous, App, Reader, Counter]))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "leaks", context = Visit, tenant(tenant = ctx.tenant),
    permit(select(id, title, status), to = Reader),
    permit(select, insert, update(status), to = App),
    never(all, to = Anonymous),
)]
pub struct Leak {
    pub id: i32,
    pub tenant: Uuid,
    pub title: String,
    pub source: String,
    pub status: String,
}

/// What a visitor comments on is what the view shows: a policy that reads a view.
#[derive(Policy)]
#[policy(table = "comments", no_tenant, permit(select, to = [Anonymous, Counter], using(leak_id IN (SELECT p.id FROM PublicLeak p))))]
pub struct Comment {
    pub id: i32,
    pub leak_id: i32,
}

/// Over another view, listed before it, with the columns in another order; and over a table whose policies read that view.
#[derive(View)]
#[view(
    name = "lv_counts", definer = Counter, grant(select, to = Anonymous),
    query(SELECT EXISTS (SELECT 1 FROM Comment c WHERE c.leak_id = p.id) AS discussed, upper(p.title) AS title, p.id FROM PublicLeak p),
)]
pub struct Discussed {
    pub id: i32,
    #[view(column = "Title")]
    pub title: String,
    pub discussed: bool,
}

#[derive(View)]
#[view(
    name = "leaks_public_v", definer = Reader, grant(select, to = [Anonymous, Counter]),
    query(SELECT l.id, l.title FROM Leak l WHERE lower(l.status) = "public"),
)]
pub struct PublicLeak {
    pub id: i32,
    pub title: String,
}

policy_set! {
    pub VIEWS {
        owner: Owner,
        items: [Owner, Anonymous, App, Reader, Counter, Visit, Main, Leak, Comment, Discussed, PublicLeak],
    }
}

/// What whoever asks may read, joined; in a file.
#[derive(View)]
#[view(
    name = "own_leaks", context = Visit, grant(select, to = App),
    query_file = "tests/live/own_leaks.sql",
)]
pub struct OwnLeak {
    pub id: i32,
    pub source: String,
    pub other: Option<String>,
}

policy_set! {
    pub INVOKED {
        owner: Owner,
        versions: 15..=18,
        items: [Owner, Anonymous, App, Reader, Counter, Visit, Main, Leak, Comment, Discussed, PublicLeak, OwnLeak],
    }
}

const TABLES: &str = "
    CREATE TABLE leaks (id int PRIMARY KEY, tenant uuid NOT NULL, title text NOT NULL, source text NOT NULL, status text NOT NULL);
    CREATE TABLE comments (id int PRIMARY KEY, leak_id int NOT NULL);";

async fn world(server: &hedgerow::testing::Server, set: &hedgerow::PolicySet) -> World {
    let rows = format!(
        "INSERT INTO leaks VALUES
            (1, '{A}', 'open', 's1', 'public'), (2, '{A}', 'hidden', 's2', 'draft'), (3, '{B}', 'theirs', 's3', 'public');
        INSERT INTO comments VALUES (1, 1), (2, 2), (3, 3);"
    );
    World::new(server, "lv", set, TABLES, &rows).await
}

const PUBLIC: &str = "SELECT title FROM leaks_public_v ORDER BY id";

/// The table is forced and refused; the view of a role with a permit of its own shows the tenant's public rows.
#[test]
fn a_definer_reads_by_its_own_permits() {
    everywhere(async |server| {
        let world = world(server, &VIEWS).await;
        let mut visitor = world.as_role("lv_anonymous", &[]).await;
        assert_eq!(text(&mut visitor, PUBLIC).await, "");
        for (tenant, titles) in [(A, "open"), (B, "theirs"), ("", "")] {
            say(&mut visitor, &[("lv.tenant", tenant)]).await;
            assert_eq!(text(&mut visitor, PUBLIC).await, titles);
        }
        for refused in
            ["SELECT id FROM leaks", "SELECT count(*) FROM leaks", "INSERT INTO leaks_public_v VALUES (9, 'x')", "SET ROLE lv_reader"]
        {
            assert_eq!(tried(&mut visitor, refused).await, "42501", "{refused}");
        }
        // The definer has no more than its columns.
        let mut admin = world.admin().await;
        run(&mut admin, "SET ROLE lv_reader").await;
        assert_eq!(tried(&mut admin, "SELECT source FROM leaks").await, "42501");
        world.close().await;
    });
}

/// The same view with its owner for a definer, as one would write by hand: it shows nothing.
#[test]
fn a_view_of_the_owner_shows_nothing() {
    everywhere(async |server| {
        let world = world(server, &VIEWS).await;
        let mut admin = world.admin().await;
        run(&mut admin, "ALTER VIEW leaks_public_v OWNER TO lv_owner; GRANT SELECT ON leaks_public_v TO lv_anonymous").await;
        let mut visitor = world.as_role("lv_anonymous", &[]).await;
        say(&mut visitor, &[("lv.tenant", A)]).await;
        assert_eq!(text(&mut visitor, PUBLIC).await, "");
        world.apply(&VIEWS).await;
        assert_eq!(text(&mut visitor, PUBLIC).await, "open");
        world.close().await;
    });
}

const LEAKY: &str = "CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS
    $$ BEGIN IF $1 = 'hidden' THEN RAISE EXCEPTION 'told' USING ERRCODE = 'LV001'; END IF; RETURN true; END $$";

/// A cheap function in the caller's WHERE is not asked about rows that the view hides. (`lower` is not leakproof; of a
/// plain `status = 'public'` PostgreSQL knows that it may come first.)
#[test]
fn the_barrier_holds_against_a_leaky_function() {
    everywhere(async |server| {
        let world = world(server, &VIEWS).await;
        let mut admin = world.admin().await;
        run(&mut admin, LEAKY).await;
        let mut visitor = world.as_role("lv_anonymous", &[]).await;
        say(&mut visitor, &[("lv.tenant", A)]).await;
        let asked = "SELECT title FROM leaks_public_v WHERE tell(title)";
        assert_eq!(tried(&mut visitor, asked).await, "1");
        // Without the barrier it is asked, and tells.
        run(&mut admin, "ALTER VIEW leaks_public_v RESET (security_barrier)").await;
        assert_eq!(tried(&mut visitor, asked).await, "LV001");
        world.apply(&VIEWS).await;
        assert_eq!(tried(&mut visitor, asked).await, "1");
        world.close().await;
    });
}

/// Options, owner and privileges of any other state end in the declared one.
#[test]
fn what_was_done_by_hand_is_undone() {
    everywhere(async |server| {
        let world = world(server, &VIEWS).await;
        let declared = world.dump().await;
        let mut admin = world.admin().await;
        let invoker = if world.version < 15 { "" } else { "ALTER VIEW leaks_public_v SET (security_invoker = true);" };
        run(
            &mut admin,
            format!(
                "ALTER VIEW leaks_public_v SET (check_option = local); {invoker} ALTER VIEW leaks_public_v OWNER TO lv_owner;
                GRANT ALL ON leaks_public_v TO PUBLIC; GRANT INSERT ON leaks_public_v TO lv_anonymous;"
            ),
        )
        .await;
        assert_ne!(declared, world.dump().await);
        world.apply(&VIEWS).await;
        same(&declared, &world.dump().await);
        world.close().await;
    });
}

#[test]
fn a_view_over_a_view_and_a_policy_that_reads_one() {
    everywhere(async |server| {
        let world = world(server, &VIEWS).await;
        let mut visitor = world.as_role("lv_anonymous", &["comments"]).await;
        say(&mut visitor, &[("lv.tenant", A)]).await;
        assert_eq!(text(&mut visitor, "SELECT id::text FROM comments ORDER BY id").await, "1");
        let row = "SELECT concat_ws(' ', id, \"Title\", discussed) FROM lv_counts";
        assert_eq!(text(&mut visitor, row).await, "1 OPEN t");
        say(&mut visitor, &[("lv.tenant", B)]).await;
        assert_eq!(text(&mut visitor, "SELECT id::text FROM comments ORDER BY id").await, "3");
        assert_eq!(text(&mut visitor, row).await, "3 THEIRS t");
        world.close().await;
    });
}

/// From PostgreSQL 15 on: it shows what whoever asks may see, and is refused to whoever may not read the table.
#[test]
fn without_a_definer_the_caller_reads() {
    everywhere(async |server| {
        if server.version() < 15 {
            return;
        }
        let world = world(server, &INVOKED).await;
        let row = "SELECT concat_ws(' ', id, source, other) FROM own_leaks ORDER BY id";
        for mut app in world.sessions("lv_app", "leaks", "lv.tenant").await {
            assert_eq!(text(&mut app, row).await, "");
            say(&mut app, &[("lv.tenant", A)]).await;
            // The third row is another tenant's, also where it is joined.
            assert_eq!(text(&mut app, row).await, "1 s1 hidden 2 s2");
        }
        let mut admin = world.admin().await;
        run(&mut admin, "GRANT SELECT ON own_leaks TO lv_anonymous").await;
        let mut visitor = world.as_role("lv_anonymous", &[]).await;
        assert_eq!(tried(&mut visitor, "SELECT id FROM own_leaks").await, "42501");
        world.close().await;
    });
}
