//! Flow-level permissions: which users, members of which team, and which roles may start which flow.

use pgflow::tour::{ALICE, BOB, CAROL, FLOWS, PEOPLE};
use sqlx::Connection;

use super::support::{block_on, run, servers, text, tried};
use super::{alone, roadmap, session, start};

#[test]
fn a_flow_is_started_by_whom_it_is_granted_to_and_nobody_else() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            for person in PEOPLE {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                for flow in FLOWS.into_iter().chain(["no_such_flow"]) {
                    let expected = if flow == person.flow { "1" } else { "42501" };
                    assert_eq!(tried(&mut conn, start(flow)).await, expected, "{} {flow}", person.name);
                }
                conn.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn definitions_are_seen_by_who_may_start_the_flow() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            for person in PEOPLE {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                assert_eq!(text(&mut conn, "SELECT flow_slug FROM pgflow.flows").await, person.flow);
                assert_eq!(text(&mut conn, "SELECT DISTINCT flow_slug FROM pgflow.steps").await, person.flow);
                assert_eq!(text(&mut conn, "SELECT flow_slug FROM pgflow.flow_grants").await, person.flow);
                assert_eq!(tried(&mut conn, "SELECT FROM pgflow.deps").await, "42501");
                conn.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn a_grant_for_a_user_comes_and_goes() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut alice = session(&database, "authenticated", Some(ALICE)).await;
            let mut service = session(&database, "service_role", None).await;
            run(&mut service, format!("INSERT INTO pgflow.flow_grants (flow_slug, user_id) VALUES ('payroll', '{}')", ALICE.id)).await;
            assert_eq!(tried(&mut alice, start("payroll")).await, "1");
            run(&mut service, format!("DELETE FROM pgflow.flow_grants WHERE user_id = '{}'", ALICE.id)).await;
            assert_eq!(tried(&mut alice, start("payroll")).await, "42501");
            assert_eq!(tried(&mut alice, start("import")).await, "42501");
            alice.close().await.unwrap();
            service.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn members_of_a_team_start_its_flows_while_they_are_members() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut bob = session(&database, "authenticated", Some(BOB)).await;
            assert_eq!(text(&mut bob, "SELECT name FROM pgflow.teams").await, "reporting");
            assert_eq!(text(&mut bob, "SELECT user_id::text FROM pgflow.team_members").await, BOB.id.to_string());
            let mut service = session(&database, "service_role", None).await;
            run(&mut service, format!("INSERT INTO pgflow.team_members VALUES ('88888888-8888-4888-8888-888888888888', '{}')", BOB.id))
                .await;
            assert_eq!(tried(&mut bob, start("payroll")).await, "1");
            assert_eq!(tried(&mut bob, start("report")).await, "1");
            run(&mut service, "DELETE FROM pgflow.team_members").await;
            assert_eq!(tried(&mut bob, start("payroll")).await, "42501");
            assert_eq!(tried(&mut bob, start("report")).await, "42501");
            bob.close().await.unwrap();
            service.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

/// The membership is read once for a statement, not once for a row.
#[test]
fn the_team_is_looked_up_once_for_a_statement() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let mut bob = session(&database, "authenticated", Some(BOB)).await;
            let plan = text(&mut bob, "EXPLAIN (COSTS OFF) SELECT flow_slug FROM pgflow.flow_grants").await;
            assert!(plan.contains("InitPlan") && !plan.contains("SubPlan"), "{plan}");
            let sql: Vec<String> = pgflow::model::PGFLOW.sql().unwrap().split_whitespace().map(str::to_owned).collect();
            assert!(sql.join(" ").contains("team_id = ANY (ARRAY( SELECT m.team_id FROM pgflow.team_members AS m"));
            bob.close().await.unwrap();
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn a_role_of_the_application_starts_its_flows() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            let demoted = pgflow::tour::Person { app_role: None, ..CAROL };
            let unheard_of = pgflow::tour::Person { app_role: Some(""), ..CAROL };
            for (person, expected) in [(CAROL, "1"), (demoted, "42501"), (unheard_of, "42501")] {
                let mut conn = session(&database, "authenticated", Some(person)).await;
                assert_eq!(tried(&mut conn, start("publish")).await, expected, "{person:?}");
                conn.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}

#[test]
fn nobody_grants_himself_a_flow_or_a_team() {
    let _alone = alone();
    for server in servers() {
        block_on(async {
            let database = roadmap(server).await;
            for role in ["authenticated", "anon"] {
                let mut bob = session(&database, role, Some(BOB)).await;
                for table in ["flows", "steps", "deps", "teams", "team_members", "flow_grants"] {
                    for sql in [
                        format!("INSERT INTO pgflow.{table} DEFAULT VALUES"),
                        format!("DELETE FROM pgflow.{table}"),
                        format!("TRUNCATE pgflow.{table} CASCADE"),
                        format!("SELECT FROM pgflow.{table} FOR UPDATE"),
                    ] {
                        assert_eq!(tried(&mut bob, sql.as_str()).await, "42501", "{role}: {sql}");
                    }
                }
                for sql in [
                    format!("INSERT INTO pgflow.flow_grants (flow_slug, user_id) VALUES ('payroll', '{}')", BOB.id),
                    "UPDATE pgflow.flow_grants SET flow_slug = 'payroll'".to_owned(),
                    "UPDATE pgflow.team_members SET team_id = '88888888-8888-4888-8888-888888888888'".to_owned(),
                ] {
                    assert_eq!(tried(&mut bob, sql.as_str()).await, "42501", "{role}: {sql}");
                }
                bob.close().await.unwrap();
            }
            database.drop().await.unwrap();
        });
    }
}
