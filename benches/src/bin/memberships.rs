//! `cargo run --release -p benches --bin memberships [--rows 1000000] [--major 18]`: the forms of a membership rule, each as Hedgerow
//! renders it, beside an explicit WHERE without row security.
//!
//! 10,000 users in 10 of 5000 teams each, and one user in 1000 teams; the rows belong to a team each, and every column that
//! is searched has an index.

use benches::live::{Live, Options};
use benches::race::{Bound, Contender, race};
use hedgerow::{Context, Policy, Role, Schema, View, functions, policy_set};

#[derive(Context)]
#[context(prefix = "bench")]
pub struct Caller {
    pub user_id: i32,
    pub team_ids: Vec<i32>,
}

#[derive(Role)]
#[role(name = "bench_limit", login, bypass_rls = "the limit: no row security")]
pub struct Limit;
#[derive(Role)]
#[role(name = "bench_in", login, noinherit)]
pub struct ByIn;
#[derive(Role)]
#[role(name = "bench_exists", login, noinherit)]
pub struct ByExists;
#[derive(Role)]
#[role(name = "bench_of_row", login, noinherit)]
pub struct OfTheRow;
#[derive(Role)]
#[role(name = "bench_context", login, noinherit)]
pub struct ByContext;
#[derive(Role)]
#[role(name = "bench_view", login, noinherit)]
pub struct ByView;
#[derive(Role)]
#[role(name = "bench_function", login, noinherit)]
pub struct ByFunction;
#[derive(Role)]
#[role(name = "bench_each_row", login, noinherit)]
pub struct EachRow;
/// Reads the members for the view and the functions.
#[derive(Role)]
#[role(name = "bench_reader")]
pub struct Reader;
#[derive(Role)]
#[role(name = "bench_either", login, noinherit)]
pub struct Either;
#[derive(Role)]
#[role(name = "bench_either_exists", login, noinherit)]
pub struct EitherExists;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [Limit, ByIn, ByExists, OfTheRow, ByContext, ByView, ByFunction, EachRow, Reader, Either, EitherExists]))]
pub struct Main;

#[derive(View)]
#[view(name = "my_teams", context = Caller, definer = Reader, grant(select, to = ByView),
    query(SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))]
pub struct MyTeam {
    pub team_id: i32,
}

#[functions(schema = "public", definer = Reader, search_path = "pg_catalog", language = "sql")]
pub trait Membership {
    #[function(volatility = stable, grant(execute, to = ByFunction), body = "
        SELECT ARRAY(SELECT m.team_id FROM public.members AS m WHERE m.user_id = nullif(current_setting('bench.user_id', true), '')::int)
    ")]
    fn my_team_ids() -> Vec<i32>;
    #[function(volatility = stable, grant(execute, to = EachRow), body = "
        SELECT EXISTS (SELECT FROM public.members AS m WHERE m.team_id = $1 AND m.user_id = nullif(current_setting('bench.user_id', true), '')::int)
    ")]
    fn is_member(team_id: i32) -> bool;
}

#[derive(Policy)]
#[policy(
    table = "members", context = Caller, no_tenant,
    permit(select, to = [ByIn, ByExists, OfTheRow, Either, EitherExists], using(user_id = ctx.user_id)),
    permit(select, to = Reader, using(true)),
    grant(select, to = Limit),
)]
pub struct Member {
    pub user_id: i32,
    pub team_id: i32,
}

#[derive(Policy)]
#[policy(
    table = "documents", context = Caller, no_tenant,
    grant(select, insert, update, to = Limit),
    permit(select, insert, to = ByIn, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))),
    permit(select, insert, to = ByExists, using(EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id))),
    permit(select, insert, to = OfTheRow, using(ctx.user_id IN (SELECT m.user_id FROM Member m WHERE m.team_id = self.team_id))),
    permit(select, insert, to = ByContext, using(team_id = ANY(ctx.team_ids))),
    permit(select, insert, to = ByView, using(team_id IN (SELECT t.team_id FROM MyTeam t))),
    permit(select, insert, to = ByFunction, using(team_id = ANY(Membership.my_team_ids()))),
    permit(select, insert, to = EachRow, using(Membership.is_member(team_id))),
    permit(select, to = Either, using(owner_id = ctx.user_id OR team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))),
    permit(select, to = EitherExists, using(owner_id = ctx.user_id
        OR EXISTS (SELECT 1 FROM Member m WHERE m.team_id = self.team_id AND m.user_id = ctx.user_id))),
)]
pub struct Document {
    pub id: i32,
    pub team_id: i32,
    pub owner_id: i32,
    pub title: String,
}

policy_set! {
    pub MEMBERSHIPS {
        items: [
            Caller, Limit, ByIn, ByExists, OfTheRow, ByContext, ByView, ByFunction, EachRow, Reader, Either, EitherExists, Main, MyTeam, Membership,
            Member, Document,
        ],
    }
}

const TABLES: &str = "
    CREATE TABLE members (user_id int NOT NULL, team_id int NOT NULL, PRIMARY KEY (user_id, team_id));
    CREATE INDEX ON members (team_id);
    CREATE TABLE documents (id int PRIMARY KEY, team_id int NOT NULL, owner_id int NOT NULL, title text NOT NULL);
    CREATE INDEX ON documents (team_id);
    CREATE INDEX ON documents (owner_id);";

const USER: i32 = 77;
/// The one in a thousand teams.
const MANY: i32 = 20_000;

/// What a policy that reads the members asks, as an application writes it.
const MINE: &str = "team_id IN (SELECT m.team_id FROM members AS m WHERE m.user_id = $1)";

fn teams(user: i32) -> Vec<i32> {
    if user == MANY { (1..=1000).collect() } else { (0..10).map(|k| (user * 7 + k * 499) % 5000 + 1).collect() }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let options = Options::read(1_000_000);
    let rows = options.rows;
    let fill = format!(
        "INSERT INTO members SELECT u, (u * 7 + k * 499) % 5000 + 1 FROM generate_series(1, 10000) AS u, generate_series(0, 9) AS k;
        INSERT INTO members SELECT {MANY}, t FROM generate_series(1, 1000) AS t;
        INSERT INTO documents SELECT n, n % 5000 + 1, n % 10000 + 1, 'title of ' || n FROM generate_series(1, {rows}) AS n;"
    );
    let live = Live::new(&options, &MEMBERSHIPS, TABLES, &fill).await;
    for user in [USER, MANY] {
        let teams = teams(user).len();
        scan(&live, user, &format!("every row of the caller, in {teams} teams")).await;
    }
    either(&live).await;
    lookups(&live, rows).await;
    inserts(&live, rows).await;
}

/// The forms, and the roles that are under them.
const FORMS: &[(&str, &str)] = &[
    ("`team_id = ANY(ctx.team_ids)`: the context knows", "bench_context"),
    ("`team_id IN (SELECT ..)`: rendered `= ANY (ARRAY(..))`", "bench_in"),
    ("`team_id IN (SELECT t.team_id FROM MyTeam t)`, a definer's view", "bench_view"),
    ("`team_id = ANY(Membership.my_team_ids())`, a definer function in a sub-select", "bench_function"),
    ("`EXISTS (..)`", "bench_exists"),
    ("`ctx.user_id IN (SELECT .. WHERE m.team_id = self.team_id)`", "bench_of_row"),
    ("`Membership.is_member(team_id)`, a definer function for each row", "bench_each_row"),
];

async fn role(live: &Live, role: &str, user: i32) -> sqlx::PgConnection {
    let mut conn = live.role(role, ("bench.user_id", &user.to_string()), &["documents"]).await;
    let teams: Vec<String> = teams(user).iter().map(ToString::to_string).collect();
    benches::live::run(&mut conn, &format!("SET bench.team_ids = '{{{}}}'", teams.join(","))).await;
    conn
}

async fn scan(live: &Live, user: i32, title: &str) {
    let sql = "SELECT sum(length(title))::bigint FROM documents";
    let mut all = vec![
        Contender::query(
            "no RLS, `WHERE team_id IN (SELECT .. $1)`",
            live.limit("bench_limit").await,
            &format!("{sql} WHERE {MINE}"),
            Bound::Int(user),
        ),
        Contender::query(
            "no RLS, `WHERE team_id = ANY($1)`",
            live.limit("bench_limit").await,
            &format!("{sql} WHERE team_id = ANY($1)"),
            Bound::Ints(teams(user)),
        ),
    ];
    for (name, by) in FORMS {
        all.push(Contender::query(name, role(live, by, user).await, sql, Bound::Nothing));
    }
    race(title, "a query", all).await;
}

async fn either(live: &Live) {
    let sql = "SELECT sum(length(title))::bigint FROM documents";
    let explicit = format!("{sql} WHERE owner_id = $1 OR team_id = ANY (ARRAY(SELECT m.team_id FROM members AS m WHERE m.user_id = $1))");
    let mut all = vec![Contender::query("no RLS, the same WHERE with `$1`", live.limit("bench_limit").await, &explicit, Bound::Int(USER))];
    for (name, by) in [
        ("`owner_id = ctx.user_id OR team_id IN (..)`", "bench_either"),
        ("`owner_id = ctx.user_id OR EXISTS (..)`", "bench_either_exists"),
    ] {
        all.push(Contender::query(name, role(live, by, USER).await, sql, Bound::Nothing));
    }
    race("the caller's own rows and those of its teams", "a query", all).await;
}

/// Rows by primary key, one after the other: the server's plan is kept, and no round trip hides the cost.
async fn lookups(live: &Live, rows: i64) {
    let block = |filter: &str| {
        format!(
            "DO $do$ DECLARE u int := {USER}; i int; n int := 0; BEGIN
                FOR i IN SELECT ({} - 1 + 5000 * k) % {rows} FROM generate_series(1, 1000) AS k LOOP
                    PERFORM d.title FROM documents AS d WHERE d.id = i {filter};
                    IF FOUND THEN n := n + 1; END IF;
                END LOOP;
                IF n < 990 THEN RAISE 'only % rows', n; END IF;
            END $do$",
            teams(USER).first().copied().unwrap_or(1)
        )
    };
    let explicit = "AND d.team_id IN (SELECT m.team_id FROM members AS m WHERE m.user_id = u)";
    let mut all = vec![Contender::block(
        "no RLS, `WHERE id = $1 AND team_id IN (SELECT .. $2)`",
        live.limit("bench_limit").await,
        &block(explicit),
        1000,
    )];
    for (name, by) in FORMS {
        all.push(Contender::block(name, role(live, by, USER).await, &block(""), 1000));
    }
    race("a row by its primary key", "a query", all).await;
}

async fn inserts(live: &Live, rows: i64) {
    let team = teams(USER).first().copied().unwrap_or(1);
    let insert = format!("INSERT INTO documents SELECT {rows} + n, {team}, {USER}, 'new' FROM generate_series(1, 10000) AS n");
    let block = format!("BEGIN; {insert}; ROLLBACK");
    let vacuum = "VACUUM documents";
    let mut all = vec![Contender::after("no RLS", live.limit("bench_limit").await, &block, 10_000, live.admin().await, vacuum)];
    for (name, by) in FORMS {
        all.push(Contender::after(name, role(live, by, USER).await, &block, 10_000, live.admin().await, vacuum));
    }
    race("10,000 rows in one INSERT", "a row", all).await;
}
