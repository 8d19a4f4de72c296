// Everything that a condition may say, as tokens.
use chrono::{DateTime, NaiveDate, Utc};
use hedgerow::{Context, Policy, Role, policy_set};
use sqlx::postgres::types::PgRange;
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Option<Uuid>,
    pub team_ids: Vec<Uuid>,
    pub role: String,
    pub level: i32,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(
        // Logic and comparisons: a comment is Rust's.
        (owner_id = ctx.user_id OR NOT archived) AND level < ctx.level AND level >= -1 AND title <> "it's"
        AND title != "x" AND archived = true AND archived IS TRUE AND archived IS NOT FALSE AND archived IS NOT UNKNOWN
        AND owner_id IS NOT NULL AND owner_id IS NOT DISTINCT FROM ctx.user_id AND title IS DISTINCT FROM "y"
        AND ctx.role = "editor"
        /* Lists and arrays. */
        AND status IN ("draft", "signed") AND status NOT IN ("secret") AND level IN (-1, 2 + 3)
        AND team_id = ANY(ctx.team_ids) AND owner_id <> ALL(ctx.team_ids) AND "a" = ANY(tags) AND tags && ARRAY["a", "b"]
        AND ctx.role = ANY(tags)
        AND tags @> ARRAY["a"] AND tags[1] = "a" AND tags[level + 1] <> "b" AND tags[1:2] <@ tags AND tags[2:] = tags[:2]
    ), name = "first"),
    permit(select, to = App, using(
        level BETWEEN 1 AND ctx.level AND level NOT BETWEEN 10 AND 20
        AND title LIKE "a%" AND title NOT ILIKE r"b\_%" AND title LIKE "50!%" ESCAPE "!" AND title SIMILAR TO "(a|b)%"
        AND title ~ r"^\d+$" AND title !~* "x" AND starts_with(title, "a")
        AND CASE WHEN archived THEN owner_id = ctx.user_id ELSE true END
        AND CASE status WHEN "draft" THEN 1 WHEN "signed" THEN 2 END = level
        AND coalesce(team_id, owner_id) = ctx.user_id AND NULLIF(title, "") IS NOT NULL AND GREATEST(level, 1) < 9
        AND lower(title) = LOWER(ctx.role) AND length(title || status) < 10 AND substring(title FROM 1 FOR 2) = "ab"
        AND trim(both "x" from title) <> "" AND trim(title) <> "" AND position("a" IN title) > 0
    ), name = "second"),
    permit(select, to = App, using(
        created_at > now() - interval "30 days" AND created_at < NOW() AND due = CURRENT_DATE
        AND due >= date "2024-01-31" AND created_at AT TIME ZONE "UTC" < timestamp "2030-01-01 00:00:00"
        AND EXTRACT(year FROM created_at) = 2024 AND extract(epoch from created_at) > 1.5e9
        AND created_at::date = due AND CAST(level AS text) = "1" AND level::numeric(10, 2) > .5 AND (-1)::bigint < level
        AND data ->> "kind" = "letter" AND data -> "a" -> 0 IS NOT NULL AND data #>> "{a,b}" = "c" AND data @> "{}"::jsonb
        AND data ? "key" AND (data ->> "n")::int > level
        AND during @> 3 AND during && "[1,5)"::int4range AND NOT isempty(during)
        AND level + 2 * level - level / 2 % 3 > 0 AND level & 4 = 4 AND -level < +level AND 2 ^ level > 1
        AND title COLLATE "C" > "a" AND (owner_id, level) = (ctx.user_id, 1) AND current_user = status
        AND TRUE AND title = current_user::text
    ), name = "third"),
)]
pub struct Document {
    pub id: i64,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub team_id: Option<Uuid>,
    pub title: String,
    pub status: String,
    pub archived: bool,
    pub level: i32,
    pub tags: Vec<String>,
    pub data: serde_json::Value,
    pub during: PgRange<i32>,
    pub due: NaiveDate,
    pub created_at: DateTime<Utc>,
}

policy_set! { pub PREDICATES { items: [Request, App, Document] } }

fn main() {
    let sql = PREDICATES.sql().unwrap();
    assert!(sql.contains("created_at > now() - interval '30 days'"), "{sql}");
    assert!(sql.contains("level >= -1"), "{sql}");
}
