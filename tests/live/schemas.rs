//! Schemas: what is given and taken on all of a kind, PUBLIC's own rights, ADMIN, and what belongs to others.

use hedgerow::{Policy, Role, Schema, policy_set};
use sqlx::AssertSqlSafe;

use super::support::{lines, run, said, same, text, tried};
use super::world::{World, everywhere};

#[derive(Role)]
#[role(name = "ls_owner", default(revoke(execute on functions, from = PUBLIC)))]
pub struct Owner;

#[derive(Role)]
#[role(name = "ls_reader", login)]
pub struct Reader;

#[derive(Role)]
#[role(name = "ls_caller", login)]
pub struct Caller;

/// May let others in: ADMIN is the one option of a membership that every version has.
#[derive(Role)]
#[role(name = "ls_maker", login, member_of(Reader, admin = true))]
pub struct Maker;

#[derive(Role)]
#[role(name = "ls_stranger", login)]
pub struct Stranger;

#[derive(Schema)]
#[schema(
    name = "work",
    grant(usage, to = [Reader, Caller, Stranger]), grant(usage, create, to = Maker),
    grant(select on all tables, to = Reader), grant(usage, select on all sequences, to = Reader),
    grant(execute on all functions, to = Reader), grant(execute on all routines, to = Caller),
    revoke(execute on all routines, from = PUBLIC), revoke(execute on all functions, from = PUBLIC),
    revoke(all on all tables, from = PUBLIC), revoke(all on all sequences, from = PUBLIC),
    allow(H0516, reason = "the schema holds reports only"),
)]
pub struct Work;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = PUBLIC), revoke(create, from = PUBLIC))]
pub struct Main;

#[derive(Schema)]
#[schema(name = "theirs", external)]
pub struct Theirs;

#[derive(Policy)]
#[policy(table = "theirs.people", external)]
pub struct Person {
    pub id: i32,
}

#[derive(Policy)]
#[policy(table = "work.notes", no_tenant, permit(select, insert, to = Caller, using(EXISTS (SELECT 1 FROM Person p WHERE p.id = self.person))))]
pub struct Note {
    pub person: i32,
}

policy_set! {
    pub SCHEMAS {
        owner: Owner,
        items: [Owner, Reader, Caller, Maker, Stranger, Work, Main, Theirs, Person, Note],
    }
}

const TABLES: &str = "
    CREATE SCHEMA work; CREATE SCHEMA theirs;
    CREATE TABLE work.notes (person int); CREATE TABLE work.reports (id serial); INSERT INTO work.reports DEFAULT VALUES;
    CREATE FUNCTION work.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE PROCEDURE work.p() LANGUAGE sql AS '';
    GRANT EXECUTE ON ALL ROUTINES IN SCHEMA work TO PUBLIC;
    GRANT ALL ON ALL TABLES IN SCHEMA work TO PUBLIC; GRANT ALL ON ALL SEQUENCES IN SCHEMA work TO PUBLIC;
    CREATE TABLE theirs.people (id int); GRANT USAGE ON SCHEMA theirs TO PUBLIC; GRANT SELECT ON theirs.people TO PUBLIC;
    INSERT INTO theirs.people VALUES (1), (2);
    ALTER TABLE theirs.people ENABLE ROW LEVEL SECURITY; CREATE POLICY ours ON theirs.people USING (id = 1)";

async fn world(server: &hedgerow::testing::Server) -> World {
    World::new(server, "ls", &SCHEMAS, TABLES, "INSERT INTO work.notes VALUES (1), (2)").await
}

#[test]
fn all_of_a_kind_in_a_schema() {
    everywhere(async |server| {
        let world = world(server).await;
        let statements = [
            "SELECT FROM work.reports",
            "SELECT nextval('work.reports_id_seq')",
            "SELECT work.f()",
            "CALL work.p()",
            "CREATE TABLE work.mine ()",
            "INSERT INTO work.reports VALUES (2)",
        ];
        for (role, answers) in [
            ("ls_reader", ["1", "1", "1", "42501", "42501", "42501"]),
            ("ls_caller", ["42501", "42501", "1", "0", "42501", "42501"]),
            // It has what the reader has.
            ("ls_maker", ["1", "1", "1", "42501", "0", "42501"]),
            ("ls_stranger", ["42501"; 6]),
        ] {
            let mut conn = world.database.connect(role).await.unwrap();
            for (sql, answer) in statements.iter().zip(answers) {
                assert_eq!(tried(&mut conn, *sql).await, answer, "{role}: {sql}");
            }
        }
        // Literally all that is there: not what comes later.
        let mut admin = world.admin().await;
        run(
            &mut admin,
            "SET ROLE ls_owner; CREATE TABLE work.later (); CREATE FUNCTION work.g() RETURNS int LANGUAGE sql AS 'SELECT 1'; RESET ROLE",
        )
        .await;
        let mut reader = world.database.connect("ls_reader").await.unwrap();
        assert_eq!(tried(&mut reader, "SELECT FROM work.later").await, "42501");
        assert_eq!(tried(&mut reader, "SELECT work.g()").await, "42501");
        world.close().await;
    });
}

/// Before PostgreSQL 15 everybody may create in `public`.
#[test]
fn nobody_creates_in_public() {
    everywhere(async |server| {
        let world = World::empty(server, "ls").await;
        let mut admin = world.admin().await;
        run(&mut admin, "GRANT CREATE ON SCHEMA public TO PUBLIC").await;
        run(&mut admin, format!("SET ROLE ls_owner; {TABLES}; RESET ROLE")).await;
        world.apply(&SCHEMAS).await;
        for role in ["ls_stranger", "ls_maker"] {
            let mut conn = world.database.connect(role).await.unwrap();
            assert_eq!(tried(&mut conn, "CREATE TABLE public.mine ()").await, "42501");
            assert_eq!(tried(&mut conn, "CREATE FUNCTION public.now() RETURNS int LANGUAGE sql AS 'SELECT 1'").await, "42501");
        }
        world.close().await;
    });
}

#[test]
fn who_has_admin_lets_others_in_and_nobody_else() {
    everywhere(async |server| {
        let world = world(server).await;
        let mut maker = world.database.connect("ls_maker").await.unwrap();
        assert_eq!(tried(&mut maker, "GRANT ls_reader TO ls_stranger").await, "0");
        assert_eq!(tried(&mut maker, "GRANT ls_caller TO ls_stranger").await, "42501");
        let mut caller = world.database.connect("ls_caller").await.unwrap();
        assert_eq!(tried(&mut caller, "GRANT ls_reader TO ls_stranger").await, "42501");
        // Before PostgreSQL 15 whoever logs in has ADMIN on its own role: a group that must not grow is no login role.
        let mut reader = world.database.connect("ls_reader").await.unwrap();
        let own = if world.version < 15 { "0" } else { "42501" };
        assert_eq!(tried(&mut reader, "GRANT ls_reader TO ls_stranger").await, own);
        // What the checks refuse, PostgreSQL refuses too, in the middle of a migration.
        let mut admin = world.admin().await;
        for circle in ["GRANT ls_maker TO ls_reader", "GRANT ls_maker TO ls_maker"] {
            let done = sqlx::raw_sql(AssertSqlSafe(circle)).execute(&mut admin).await;
            assert_eq!(said(done.map(|done| done.rows_affected())), "0LP01", "{circle}");
        }
        world.close().await;
    });
}

#[test]
fn what_belongs_to_others_is_read_and_never_altered() {
    everywhere(async |server| {
        let world = World::empty(server, "ls").await;
        let mut admin = world.admin().await;
        run(&mut admin, format!("SET ROLE ls_owner; {TABLES}; RESET ROLE; INSERT INTO work.notes VALUES (1), (2)")).await;
        let theirs = "SELECT concat_ws(' ', relacl::text, relrowsecurity, relforcerowsecurity, nspacl::text) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE nspname = 'theirs'
            UNION ALL SELECT concat_ws(' ', policyname, roles::text, qual) FROM pg_policies WHERE schemaname = 'theirs'";
        let before = lines(&mut admin, theirs).await.join("\n");
        world.apply(&SCHEMAS).await;
        same(&before, &lines(&mut admin, theirs).await.join("\n"));
        // Their policy decides in our predicate as well.
        let mut caller = world.as_role("ls_caller", &["work.notes"]).await;
        assert_eq!(text(&mut caller, "SELECT person::text FROM work.notes").await, "1");
        assert_eq!(tried(&mut caller, "INSERT INTO work.notes VALUES (2)").await, "42501");
        world.close().await;
    });
}
