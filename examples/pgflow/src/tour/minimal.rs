//! pgflow as it is: what is protected, and what its limitations mean.

use hedgerow::testing::Database;
use sqlx::Connection;

use super::session::{request, said, text};
use super::{ALICE, BOB, DOOR, Error, FLOWS, Report, TABLES, fill};

pub(super) async fn play(database: &Database, report: &mut Report) -> Result<(), Error> {
    let mut admin = database.connect(database.superuser()).await?;
    fill(&mut admin).await?;
    admin.close().await?;
    let mut door = database.connect(DOOR).await?;

    report.part("What is protected");
    let mut tx = request(&mut door, "anon", None).await?;
    for statement in ["SELECT pgflow.get_run_with_states(gen_random_uuid())", "SELECT pgflow.start_flow_with_states('import', '{}', NULL)"]
    {
        report.expect(&format!("anon: {statement}"), "42501".to_owned(), said(&mut tx, statement).await?);
    }
    for table in TABLES {
        report.check(table, "42501".to_owned(), said(&mut tx, &format!("SELECT FROM {table}")).await?);
    }
    tx.rollback().await?;
    let mut tx = request(&mut door, "authenticated", Some(ALICE)).await?;
    let run = text(&mut tx, "SELECT pgflow.start_flow_with_states('import', '{}', NULL) #>> '{run,run_id}'").await?;
    let status = text(&mut tx, &format!("SELECT pgflow.get_run_with_states('{run}') #>> '{{run,status}}'")).await?;
    report.expect("alice starts `import`, and reads how it stands", "started".to_owned(), status);
    report.expect("alice reads the table of runs", "42501".to_owned(), said(&mut tx, "SELECT FROM pgflow.runs").await?);
    tx.commit().await?;

    report.part("What is not yet, as pgflow says itself");
    let mut tx = request(&mut door, "authenticated", Some(BOB)).await?;
    let status = text(&mut tx, &format!("SELECT pgflow.get_run_with_states('{run}') #>> '{{run,status}}'")).await?;
    report.expect("bob reads alice's run: he knows its run_id", "started".to_owned(), status);
    for flow in FLOWS {
        let start = format!("SELECT pgflow.start_flow_with_states('{flow}', '{{}}', NULL)");
        report.expect(&format!("bob starts `{flow}`"), "1".to_owned(), said(&mut tx, &start).await?);
    }
    report.expect("bob sees the definitions of all flows", "4".to_owned(), said(&mut tx, "SELECT FROM pgflow.flows").await?);
    tx.rollback().await?;
    door.close().await?;
    Ok(())
}
