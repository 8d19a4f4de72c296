//! Claims in the JSON of a token, as PostgREST hands them on.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{text, tried};
use super::world::{A, B, World, everywhere, say};

const CLAIMS: &str = "request.jwt.claims";

#[derive(Context)]
#[context(preset = "postgrest")]
pub struct Token {
    pub sub: Uuid,
    #[context(claim = "app_metadata.org")]
    pub org: Option<Uuid>,
    #[context(claim = "app_metadata.teams")]
    pub teams: Vec<i32>,
    #[context(claim = "user metadata.e mail")]
    pub mail: String,
    pub admin: bool,
    pub level: i32,
    #[context(claim = "roles")]
    pub roles: Vec<String>,
}

#[derive(Role)]
#[role(name = "lc_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lc_app", login, noinherit)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

/// The row of each kind is seen if the claim says so.
#[derive(Policy)]
#[policy(table = "things", context = Token, no_tenant, permit(select, insert, to = App, using(
    (kind = "sub" AND owner = ctx.sub) OR (kind = "org" AND owner = ctx.org) OR (kind = "team" AND number = ANY(ctx.teams))
        OR (kind = "mail" AND label = ctx.mail) OR (kind = "admin" AND flag = ctx.admin) OR (kind = "level" AND number <= ctx.level)
        OR (kind = "role" AND label = ANY(ctx.roles))
)))]
pub struct Thing {
    pub kind: String,
    pub owner: Uuid,
    pub number: i32,
    pub label: String,
    pub flag: bool,
}

policy_set! {
    pub CLAIMED {
        owner: Owner,
        items: [Owner, App, Token, Main, Thing],
    }
}

#[test]
fn claims_decide() {
    let kinds = ["sub", "org", "team", "mail", "admin", "level", "role"];
    let rows: Vec<String> = kinds.iter().map(|kind| format!("('{kind}', '{A}', 3, 'a@b', true)")).collect();
    let rows = format!("INSERT INTO things VALUES {}", rows.join(", "));
    let said: &[(String, &str)] = &[
        (String::new(), ""),
        ("{}".to_owned(), ""),
        ("null".to_owned(), ""),
        (format!("{{\"sub\": \"{A}\"}}"), "sub"),
        (format!("{{\"sub\": \"{B}\"}}"), ""),
        ("{\"sub\": \"\"}".to_owned(), ""),
        ("{\"sub\": null}".to_owned(), ""),
        (format!("{{\"app_metadata\": {{\"org\": \"{A}\"}}}}"), "org"),
        (format!("{{\"org\": \"{A}\"}}"), ""),
        (format!("{{\"app_metadata\": \"{A}\"}}"), ""),
        ("{\"app_metadata\": {\"teams\": [1, 3]}}".to_owned(), "team"),
        ("{\"app_metadata\": {\"teams\": [\"3\", null]}}".to_owned(), "team"),
        ("{\"app_metadata\": {\"teams\": []}}".to_owned(), ""),
        ("{\"app_metadata\": {\"teams\": 3}}".to_owned(), ""),
        ("{\"app_metadata\": {\"teams\": null}}".to_owned(), ""),
        ("{\"app_metadata\": {}}".to_owned(), ""),
        ("{\"user metadata\": {\"e mail\": \"a@b\"}}".to_owned(), "mail"),
        ("{\"admin\": true}".to_owned(), "admin"),
        ("{\"admin\": \"true\"}".to_owned(), "admin"),
        ("{\"admin\": false}".to_owned(), ""),
        ("{\"level\": 3}".to_owned(), "level"),
        ("{\"level\": 2}".to_owned(), ""),
        ("{\"roles\": [\"x\", \"a@b\"]}".to_owned(), "role"),
        ("{\"roles\": \"a@b\"}".to_owned(), ""),
        (format!("{{\"sub\": \"{A}\", \"level\": 9, \"admin\": true}}"), "admin level sub"),
    ];
    everywhere(async |server| {
        let tables = "CREATE TABLE things (kind text, owner uuid, number int, label text, flag boolean)";
        let world = World::new(server, "lc", &CLAIMED, tables, &rows).await;
        for mut conn in world.sessions("lc_app", "things", CLAIMS).await {
            assert_eq!(text(&mut conn, "SELECT kind FROM things").await, "");
            for (claims, seen) in said {
                say(&mut conn, &[(CLAIMS, claims)]).await;
                assert_eq!(text(&mut conn, "SELECT kind FROM things ORDER BY kind").await, *seen, "{claims}");
                let inserted = if seen.contains("sub") { "1" } else { "42501" };
                assert_eq!(tried(&mut conn, format!("INSERT INTO things VALUES ('sub', '{A}')")).await, inserted, "{claims}");
            }
            for garbage in ["no json", "{\"sub\": \"nobody\"}", "{\"app_metadata\": {\"teams\": [\"x\"]}}"] {
                say(&mut conn, &[(CLAIMS, garbage)]).await;
                assert_eq!(tried(&mut conn, "SELECT FROM things").await, "22P02", "{garbage}");
            }
        }
        world.close().await;
    });
}
