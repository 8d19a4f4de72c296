//! Names that need quotes: mixed case, reserved words, blanks, quotes, 63 bytes.

use hedgerow::{Context, Policy, Role, Schema, policy_set};

use super::support::{run, same, text, tried};
use super::world::{World, everywhere, say};

#[derive(Context)]
#[context(prefix = "ln")]
pub struct Caller {
    pub code: i32,
}

#[derive(Role)]
#[role(name = "ln_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "ln \"App\" isn't", login, noinherit)]
pub struct App;

/// 63 bytes.
#[derive(Role)]
#[role(name = "ln_a_role_of_sixty_three_bytes_which_is_the_most_there_can_be_x", login, noinherit)]
pub struct Long;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Long]))]
pub struct Main;

#[derive(Schema)]
#[schema(name = "my \"schema\"", grant(usage, to = [App, Long]))]
pub struct Quoted;

/// As Prisma writes it.
#[derive(Policy)]
#[policy(table = "FundingRecord", context = Caller, rename_all = "camelCase", tenant(tenant_code = ctx.code), permit(all, to = [App, Long]))]
pub struct FundingRecord {
    #[policy(sequence)]
    pub id: i32,
    pub tenant_code: i32,
    pub order: Option<String>,
}

/// Reserved words everywhere, and its sequence by its default name.
#[derive(Policy)]
#[policy(
    table = "select", context = Caller,
    tenant(r#where = ctx.code),
    permit(select(table, r#where), insert, update(user), to = App, using(self.user <> "root"), name = "the \"policy\" of '63"),
)]
pub struct Select {
    #[policy(column = "table", sequence)]
    pub table: i32,
    pub r#where: i32,
    pub user: String,
}

/// The string form names it as SQL does, in another schema, by itself in a subquery, and with columns of 63 bytes.
#[derive(Policy)]
#[policy(
    table = "my \"schema\".a table's name of 63 bytes, with \"quotes\" and everything, öö",
    context = Caller,
    tenant = "\"tenant Code\" = ctx.code",
    permit(select, update, to = App, using = "EXISTS (SELECT 1 FROM \"FundingRecord\" AS \"F r\" WHERE \"F r\".\"tenantCode\" = self.\"tenant Code\" AND \"F r\".\"order\" = self.\"it's\")"),
)]
pub struct Odd {
    #[policy(column = "tenant Code")]
    pub code: i32,
    #[policy(column = "it's")]
    pub its: String,
    #[policy(column = "a_column_of_sixty_three_bytes_which_is_the_most_there_can_be_xx")]
    pub long: i32,
}

policy_set! {
    pub NAMES {
        owner: Owner,
        items: [Owner, App, Long, Caller, Main, Quoted, FundingRecord, Select, Odd],
    }
}

const ODD: &str = "\"my \"\"schema\"\"\".\"a table's name of 63 bytes, with \"\"quotes\"\" and everything, öö\"";

fn tables() -> String {
    format!(
        "CREATE TABLE \"FundingRecord\" (id serial PRIMARY KEY, \"tenantCode\" int NOT NULL, \"order\" text);
        CREATE TABLE \"select\" (\"table\" serial PRIMARY KEY, \"where\" int NOT NULL, \"user\" text NOT NULL DEFAULT '');
        CREATE SCHEMA \"my \"\"schema\"\"\";
        CREATE TABLE {ODD} (\"tenant Code\" int, \"it's\" text, a_column_of_sixty_three_bytes_which_is_the_most_there_can_be_xx int)"
    )
}

#[test]
fn names_that_need_quotes() {
    everywhere(async |server| {
        let rows = format!(
            "INSERT INTO \"FundingRecord\" (\"tenantCode\", \"order\") VALUES (1, 'x'), (2, 'y');
            INSERT INTO \"select\" (\"where\", \"user\") VALUES (1, 'u'), (1, 'root'), (2, 'u');
            INSERT INTO {ODD} VALUES (1, 'x', 0), (1, 'y', 0), (2, 'y', 0)"
        );
        let prepared = World::empty(server, "ln").await;
        let mut admin = prepared.admin().await;
        // Only the owner of a database makes schemas in it.
        run(&mut admin, format!("GRANT CREATE ON DATABASE {} TO ln_owner", prepared.database.name())).await;
        prepared.close().await;

        let world = World::new(server, "ln", &NAMES, &tables(), &rows).await;
        for mut app in world.sessions("ln \"App\" isn't", "\"FundingRecord\"", "ln.code").await {
            for table in ["\"FundingRecord\"", "\"select\"", ODD] {
                assert_eq!(tried(&mut app, format!("SELECT FROM {table}")).await, "0", "{table}");
            }
            say(&mut app, &[("ln.code", "1")]).await;
            assert_eq!(text(&mut app, "SELECT \"order\" FROM \"FundingRecord\"").await, "x");
            assert_eq!(tried(&mut app, "INSERT INTO \"FundingRecord\" (\"tenantCode\") VALUES (1)").await, "1");
            assert_eq!(tried(&mut app, "UPDATE \"FundingRecord\" SET \"tenantCode\" = 2").await, "42501");
            assert_eq!(text(&mut app, "SELECT \"table\"::text FROM \"select\"").await, "1");
            assert_eq!(tried(&mut app, "SELECT \"user\" FROM \"select\"").await, "42501");
            assert_eq!(tried(&mut app, "UPDATE \"select\" SET \"user\" = 'v'").await, "1");
            assert_eq!(tried(&mut app, "UPDATE \"select\" SET \"user\" = 'root'").await, "42501");
            assert_eq!(tried(&mut app, "INSERT INTO \"select\" (\"where\") VALUES (1) RETURNING \"table\"").await, "1");
            assert_eq!(text(&mut app, format!("SELECT \"it's\" FROM {ODD}")).await, "x");
            assert_eq!(tried(&mut app, format!("UPDATE {ODD} SET \"tenant Code\" = 2")).await, "42501");
        }
        let long = "ln_a_role_of_sixty_three_bytes_which_is_the_most_there_can_be_x";
        assert_eq!(long.len(), 63);
        let mut long = world.as_role(long, &["\"FundingRecord\""]).await;
        say(&mut long, &[("ln.code", "2")]).await;
        assert_eq!(text(&mut long, "SELECT \"order\" FROM \"FundingRecord\"").await, "y");
        assert_eq!(tried(&mut long, format!("SELECT FROM {ODD}")).await, "42501");

        let mut admin = world.admin().await;
        let policies = "SELECT policyname::text FROM pg_policies WHERE tablename = 'select' ORDER BY policyname COLLATE \"C\"";
        assert_eq!(
            text(&mut admin, policies).await,
            "tenant_floor the \"policy\" of '63_insert the \"policy\" of '63_select the \"policy\" of '63_update"
        );
        let before = world.dump().await;
        run(&mut admin, format!("DROP POLICY tenant_floor ON {ODD}; ALTER TABLE {ODD} DISABLE ROW LEVEL SECURITY")).await;
        world.apply(&NAMES).await;
        same(&before, &world.dump().await);
        world.close().await;
    });
}
