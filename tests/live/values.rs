//! Context fields of every type, set and unset, and predicates in both forms.

use chrono::{DateTime, NaiveDate, Utc};
use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{text, tried};
use super::world::{A, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lv")]
pub struct Caller {
    pub small: i16,
    pub number: i32,
    pub big: i64,
    pub flag: bool,
    pub label: String,
    pub since: NaiveDate,
    pub until: DateTime<Utc>,
    pub user: Option<Uuid>,
    pub numbers: Vec<i32>,
    pub labels: Vec<String>,
    pub users: Vec<Uuid>,
    #[context(name = "other.place")]
    pub place: String,
}

#[derive(Role)]
#[role(name = "lv_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lv_app", login, noinherit)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

/// The row of each kind is seen if its own value is the caller's.
#[derive(Policy)]
#[policy(table = "facts", context = Caller, no_tenant, permit(select, to = App, using(
    (kind = "small" AND number = ctx.small) OR (kind = "number" AND number = ctx.number) OR (kind = "big" AND number = ctx.big)
        OR (kind = "flag" AND flag = ctx.flag) OR (kind = "label" AND label = ctx.label) OR (kind = "since" AND day >= ctx.since)
        OR (kind = "until" AND at < ctx.until) OR (kind = "user" AND who = ctx.user) OR (kind = "numbers" AND number = ANY(ctx.numbers))
        OR (kind = "labels" AND label = ANY(ctx.labels)) OR (kind = "users" AND who = ANY(ctx.users)) OR (kind = "place" AND label = ctx.place)
)))]
pub struct Fact {
    pub kind: String,
    pub number: i32,
    pub flag: bool,
    pub label: String,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub who: Uuid,
}

/// The same in SQL's own words.
#[derive(Policy)]
#[policy(
    table = "texts", context = Caller,
    tenant = "who = ctx.user",
    permit(select, insert, delete, to = App, using = "label LIKE 'it''s %' OR \"number\" BETWEEN -1 AND 1 OR label = E'a\\\\b'"),
    permit(update, to = App, using = "flag", with_check = "flag AND label <> ''"),
    restrict(delete, using = "day > date '2000-01-01' AND at AT TIME ZONE 'UTC' > '2000-01-01'"),
)]
pub struct Text {
    pub number: i32,
    pub flag: bool,
    pub label: String,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub who: Uuid,
}

policy_set! {
    pub VALUES {
        owner: Owner,
        items: [Owner, App, Caller, Main, Fact, Text],
    }
}

const TABLES: &str = "
    CREATE TABLE facts (kind text, number int, flag boolean, label text, day date, at timestamptz, who uuid);
    CREATE TABLE texts (number int, flag boolean, label text, day date, at timestamptz, who uuid);";

fn rows() -> String {
    let kinds = ["small", "number", "big", "flag", "label", "since", "until", "user", "numbers", "labels", "users", "place"];
    let facts: Vec<String> =
        kinds.iter().map(|kind| format!("('{kind}', 7, false, 'it''s', '2024-05-01', '2024-05-01Z', '{A}')")).collect();
    format!(
        "INSERT INTO facts VALUES {};
        INSERT INTO texts VALUES (5, true, 'it''s me', '2024-01-01', '2024-01-01Z', '{A}'), (-1, false, 'x', '1999-01-01', '2024-01-01Z', '{A}'),
            (9, true, E'a\\\\b', '2024-01-01', '1999-01-01Z', '{A}'), (9, true, 'hidden', '2024-01-01', '2024-01-01Z', '{A}'),
            (0, true, 'of another', '2024-01-01', '2024-01-01Z', gen_random_uuid());",
        facts.join(", ")
    )
}

const SEEN: &str = "SELECT kind FROM facts ORDER BY kind COLLATE \"C\"";

#[test]
fn fields_of_every_type() {
    let right: &[(&str, &str, &str)] = &[
        ("lv.small", "7", "small"),
        ("lv.number", "7", "number"),
        ("lv.big", "7", "big"),
        ("lv.flag", "off", "flag"),
        ("lv.label", "it's", "label"),
        ("lv.since", "2024-05-01", "since"),
        ("lv.until", "2024-05-01T00:00:01Z", "until"),
        ("lv.user", A, "user"),
        ("lv.numbers", "{1,NULL,7}", "numbers"),
        ("lv.labels", "{\"it's\",x}", "labels"),
        ("lv.users", "{aaaaaaaa-0000-4000-8000-000000000000}", "users"),
        ("other.place", "it's", "place"),
    ];
    let wrong: &[(&str, &str)] = &[
        ("lv.small", "8"),
        ("lv.number", "-7"),
        ("lv.big", "70000000000"),
        ("lv.flag", "true"),
        ("lv.label", "its"),
        ("lv.since", "2024-05-02"),
        ("lv.until", "2024-05-01T00:00:00Z"),
        ("lv.user", "bbbbbbbb-0000-4000-8000-000000000000"),
        ("lv.numbers", "{}"),
        ("lv.labels", "{NULL}"),
        ("lv.users", "{}"),
        ("other.place", "x"),
    ];
    everywhere(async |server| {
        let world = World::new(server, "lv", &VALUES, TABLES, &rows()).await;
        for mut conn in world.sessions("lv_app", "facts", "lv.user").await {
            assert_eq!(text(&mut conn, SEEN).await, "");
            for (setting, value, kind) in right {
                say(&mut conn, &[(setting, value)]).await;
                assert_eq!(text(&mut conn, SEEN).await, *kind, "{setting}");
                say(&mut conn, &[(setting, "")]).await;
                assert_eq!(text(&mut conn, SEEN).await, "", "{setting} is empty");
            }
            say(&mut conn, wrong).await;
            assert_eq!(text(&mut conn, SEEN).await, "");
        }
        let mut conn = world.as_role("lv_app", &["facts"]).await;
        for garbage in [("lv.number", "seven"), ("lv.flag", "perhaps"), ("lv.user", "nobody"), ("lv.numbers", "1,2"), ("lv.users", "{x}")] {
            say(&mut conn, &[garbage]).await;
            assert_eq!(tried(&mut conn, "SELECT FROM facts").await, "22P02", "{garbage:?}");
            say(&mut conn, &[(garbage.0, "")]).await;
        }
        say(&mut conn, &[("lv.since", "yesterday or so")]).await;
        assert_eq!(tried(&mut conn, "SELECT FROM facts").await, "22007");
        world.close().await;
    });
}

#[test]
fn predicates_as_text() {
    everywhere(async |server| {
        let world = World::new(server, "lv", &VALUES, TABLES, &rows()).await;
        for mut conn in world.sessions("lv_app", "texts", "lv.user").await {
            assert_eq!(text(&mut conn, "SELECT count(*)::text FROM texts").await, "0");
            say(&mut conn, &[("lv.user", A)]).await;
            assert_eq!(text(&mut conn, "SELECT number::text FROM texts ORDER BY number").await, "-1 5 9");
            assert_eq!(tried(&mut conn, format!("INSERT INTO texts (label, who) VALUES ('it''s new', '{A}')")).await, "1");
            assert_eq!(tried(&mut conn, format!("INSERT INTO texts (label, who) VALUES ('its new', '{A}')")).await, "42501");
            // Those that a select shows and the update's own predicate allows.
            assert_eq!(tried(&mut conn, "UPDATE texts SET day = day WHERE number IS NOT NULL").await, "2");
            assert_eq!(tried(&mut conn, "UPDATE texts SET label = ''").await, "42501");
            assert_eq!(tried(&mut conn, "DELETE FROM texts WHERE number IS NOT NULL").await, "1");
        }
        world.close().await;
    });
}
