//! What the bench declares: a role for each form, tables under the forms, and the tables between a row and its tenant.

use hedgerow::{Context, Policy, Role, Schema, functions, policy_set};

/// Stand for types of other crates: only their names count.
pub struct Uuid;
pub struct Value;

#[derive(Context)]
#[context(prefix = "bench")]
pub struct Caller {
    pub owner: Uuid,
    pub owner_text: String,
    pub number: i64,
    pub code: String,
}

#[derive(Role)]
#[role(name = "bench_limit", login, bypass_rls = "the limit: no row security")]
pub struct Limit;
/// Under the plain comparison, in every table.
#[derive(Role)]
#[role(name = "bench_plain", login, noinherit)]
pub struct Plain;
#[derive(Role)]
#[role(name = "bench_cast", login, noinherit)]
pub struct Cast;
#[derive(Role)]
#[role(name = "bench_computed", login, noinherit)]
pub struct Computed;
#[derive(Role)]
#[role(name = "bench_called", login, noinherit)]
pub struct Called;
#[derive(Role)]
#[role(name = "bench_sql_function", login, noinherit)]
pub struct BySql;
#[derive(Role)]
#[role(name = "bench_plpgsql_function", login, noinherit)]
pub struct ByPlpgsql;
#[derive(Role)]
#[role(name = "bench_set_function", login, noinherit)]
pub struct BySet;
/// Under policies by hand: Hedgerow refuses what is volatile, and flags that open everything.
#[derive(Role)]
#[role(name = "bench_volatile", login, noinherit)]
pub struct Volatile;
#[derive(Role)]
#[role(name = "bench_flag", login, noinherit)]
pub struct Flag;
#[derive(Role)]
#[role(name = "bench_arms", login, noinherit)]
pub struct Arms;
#[derive(Role)]
#[role(name = "bench_case", login, noinherit)]
pub struct Case;
#[derive(Role)]
#[role(name = "bench_either", login, noinherit)]
pub struct Either;
#[derive(Role)]
#[role(name = "bench_either_scan", login, noinherit)]
pub struct EitherScan;
#[derive(Role)]
#[role(name = "bench_key", login, noinherit)]
pub struct ByKey;
#[derive(Role)]
#[role(name = "bench_any", login, noinherit)]
pub struct ByAny;
/// Under sets of parents.
#[derive(Role)]
#[role(name = "bench_sets", login, noinherit)]
pub struct Sets;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [
    Limit, Plain, Cast, Computed, Called, BySql, ByPlpgsql, BySet, Volatile, Flag, Arms, Case, Either, EitherScan, ByKey, ByAny, Sets,
]))]
pub struct Main;

#[functions(schema = "public", search_path = "pg_catalog", language = "sql")]
pub trait Access {
    #[function(volatility = stable, grant(execute, to = BySql), body = "
        SELECT $1 = nullif(current_setting('bench.number', true), '')::bigint - 1000
    ")]
    fn is_mine(number: i64) -> bool;
    #[function(volatility = stable, language = "plpgsql", grant(execute, to = ByPlpgsql), body = "
        BEGIN RETURN $1 = nullif(current_setting('bench.number', true), '')::bigint - 1000; END
    ")]
    fn is_mine_too(number: i64) -> bool;
    #[function(volatility = stable, grant(execute, to = BySet), body = "
        SELECT ARRAY[nullif(current_setting('bench.number', true), '')::bigint - 1000]
    ")]
    fn my_numbers() -> Vec<i64>;
}

#[derive(Policy)]
#[policy(
    table = "documents", context = Caller, no_tenant,
    grant(select, to = [Limit, Volatile, Flag]),
    permit(select, to = Plain, using(owner = ctx.owner)),
    permit(select, to = Cast, using(owner::text = ctx.owner_text)),
    permit(select, to = Computed, using(number + 1000 = ctx.number)),
    permit(select, to = Called, using(btrim(code) = ctx.code)),
    permit(select, to = BySql, using(Access.is_mine(number))),
    permit(select, to = ByPlpgsql, using(Access.is_mine_too(number))),
    permit(select, to = BySet, using(number = ANY(Access.my_numbers()))),
    permit(select, to = Arms, using((kind = "mine" AND owner = ctx.owner) OR kind = "open")),
    permit(select, to = Case, using(CASE WHEN kind = "mine" THEN owner = ctx.owner ELSE kind = "open" END)),
    permit(select, to = Either, using(owner = ctx.owner OR title = "")),
    permit(select, to = EitherScan, using(owner = ctx.owner OR length(title) = 0)),
)]
pub struct Document {
    pub id: i32,
    pub owner: Uuid,
    pub number: i64,
    pub code: String,
    pub kind: String,
    pub title: String,
}

#[derive(Policy)]
#[policy(
    table = "events", context = Caller, no_tenant,
    grant(select, to = Limit),
    permit(select, to = Plain, using(owner = ctx.owner)),
    permit(select, to = ByKey, using((data ->> "owner")::uuid = ctx.owner)),
)]
pub struct Event {
    pub id: i32,
    pub owner: Uuid,
    pub data: Value,
}

#[derive(Policy)]
#[policy(
    table = "files", context = Caller, no_tenant,
    grant(select, to = Limit),
    permit(select, to = Plain, using(readers @> ARRAY[ctx.owner])),
    permit(select, to = ByAny, using(ctx.owner = ANY(readers))),
)]
pub struct File {
    pub id: i32,
    pub readers: Vec<Uuid>,
}

/// Parents, grandparents and theirs.
#[derive(Policy)]
#[policy(table = "projects", context = Caller, tenant(owner = ctx.owner), permit(select, to = [Plain, Sets]))]
pub struct Project {
    pub id: i32,
    pub owner: Uuid,
}

#[derive(Policy)]
#[policy(table = "tasks", tenant(through(project = Project.id)), permit(select, to = Plain))]
pub struct Task {
    pub id: i32,
    pub project: i32,
}

#[derive(Policy)]
#[policy(table = "task_sets", no_tenant, permit(select, to = Sets, using(project IN (SELECT p.id FROM Project p))))]
pub struct TaskSet {
    pub id: i32,
    pub project: i32,
}

#[derive(Policy)]
#[policy(table = "steps", tenant(through(task = Task.id)), permit(select, to = Plain))]
pub struct Step {
    pub id: i32,
    pub task: i32,
}

/// The rows that are listed, none, one, two and three tables from the tenant.
#[derive(Policy)]
#[policy(table = "copied", context = Caller, tenant(owner = ctx.owner), grant(select, to = Limit), permit(select, to = Plain))]
pub struct Copied {
    pub id: i32,
    pub owner: Uuid,
}

#[derive(Policy)]
#[policy(table = "one_away", tenant(through(parent = Project.id)), permit(select, to = Plain))]
pub struct OneAway {
    pub id: i32,
    pub parent: i32,
}

#[derive(Policy)]
#[policy(table = "two_away", tenant(through(parent = Task.id)), permit(select, to = Plain))]
pub struct TwoAway {
    pub id: i32,
    pub parent: i32,
}

#[derive(Policy)]
#[policy(table = "two_sets", no_tenant, permit(select, to = Sets, using(parent IN (SELECT t.id FROM TaskSet t))))]
pub struct TwoSets {
    pub id: i32,
    pub parent: i32,
}

#[derive(Policy)]
#[policy(table = "three_away", tenant(through(parent = Step.id)), permit(select, to = Plain))]
pub struct ThreeAway {
    pub id: i32,
    pub parent: i32,
}

policy_set! {
    pub FORMS {
        items: [
            Caller, Limit, Plain, Cast, Computed, Called, BySql, ByPlpgsql, BySet, Volatile, Flag, Arms, Case, Either, EitherScan, ByKey, ByAny, Sets,
            Main, Access, Document, Event, File, Project, Task, TaskSet, Step, Copied, OneAway, TwoAway, TwoSets, ThreeAway,
        ],
    }
}
