//! A partitioned table: through the parent by its policies, directly not at all.

use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

use super::support::{run, text, tried};
use super::world::{A, B, World, everywhere, say};

#[derive(Context)]
#[context(prefix = "lx")]
pub struct Caller {
    pub tenant: Uuid,
}

#[derive(Role)]
#[role(name = "lx_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "lx_app", login, noinherit)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

#[derive(Policy)]
#[policy(table = "events", context = Caller, partitioned, tenant(tenant = ctx.tenant), permit(all, to = App))]
pub struct Event {
    pub tenant: Uuid,
    pub year: i32,
}

policy_set! {
    pub PARTITIONED {
        owner: Owner,
        items: [Owner, App, Caller, Main, Event],
    }
}

const TABLES: &str = "
    CREATE TABLE events (tenant uuid NOT NULL, year int NOT NULL) PARTITION BY RANGE (year);
    CREATE TABLE \"events of 2025\" PARTITION OF events FOR VALUES FROM (2025) TO (2026) PARTITION BY LIST (tenant);
    CREATE TABLE \"events 2025-a\" PARTITION OF \"events of 2025\" FOR VALUES IN ('aaaaaaaa-0000-4000-8000-000000000000');
    CREATE TABLE events_rest PARTITION OF \"events of 2025\" DEFAULT;
    CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM (2026) TO (2027);
    GRANT ALL ON \"events 2025-a\", events_2026 TO PUBLIC, lx_app;";

#[test]
fn partitions_open_no_door() {
    everywhere(async |server| {
        let rows = format!("INSERT INTO events VALUES ('{A}', 2025), ('{B}', 2025), ('{A}', 2026), ('{B}', 2026)");
        let parts = ["\"events of 2025\"", "\"events 2025-a\"", "events_rest", "events_2026"];
        // Its role must be there for the grants by hand; from PostgreSQL 16 on only who made a role may alter it.
        let before = World::empty(server, "lx").await;
        run(&mut before.migrator().await, "CREATE ROLE lx_app").await;
        before.close().await;

        let world = World::new(server, "lx", &PARTITIONED, TABLES, &rows).await;
        for mut app in world.sessions("lx_app", "events", "lx.tenant").await {
            assert_eq!(text(&mut app, "SELECT count(*)::text FROM events").await, "0");
            say(&mut app, &[("lx.tenant", A)]).await;
            assert_eq!(text(&mut app, "SELECT year::text FROM events ORDER BY year").await, "2025 2026");
            // Rows move from one partition to another, not to another tenant.
            assert_eq!(tried(&mut app, "UPDATE events SET year = 2026 WHERE year = 2025").await, "1");
            assert_eq!(tried(&mut app, format!("UPDATE events SET tenant = '{B}'")).await, "42501");
            assert_eq!(tried(&mut app, format!("INSERT INTO events VALUES ('{B}', 2026)")).await, "42501");
            for part in parts {
                assert_eq!(tried(&mut app, format!("SELECT FROM {part}")).await, "42501", "{part}");
                assert_eq!(tried(&mut app, format!("INSERT INTO {part} VALUES ('{A}', 2026)")).await, "42501", "{part}");
            }
        }
        // And a grant by hand shows no row.
        let mut admin = world.admin().await;
        run(&mut admin, format!("GRANT ALL ON {} TO lx_app", parts.join(", "))).await;
        let mut app = world.as_role("lx_app", &parts).await;
        say(&mut app, &[("lx.tenant", A)]).await;
        for part in parts {
            assert_eq!(tried(&mut app, format!("SELECT FROM {part}")).await, "0", "{part}");
            assert_eq!(tried(&mut app, format!("UPDATE {part} SET year = year")).await, "0", "{part}");
        }
        world.close().await;
    });
}
