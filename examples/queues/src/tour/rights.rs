//! Who may call which function, as the server has it.

use hedgerow::testing::Database;
use sqlx::Connection;

use super::{Error, Report};

const ROLES: [&str; 4] = ["anon", "authenticated", "authenticator", "worker_service_user"];

/// Functions of the four schemas that a role may call: EXECUTE on the function and USAGE on its schema.
const CALLABLE: &str = "SELECT n.nspname || '.' || p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('api', 'internal', 'queues', 'comms')
        AND has_function_privilege($1, p.oid, 'EXECUTE') AND has_schema_privilege($1, n.oid, 'USAGE')
    ORDER BY 1";

/// Tables and views that a role may do anything with.
const REACHABLE: &str = "SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('api', 'internal', 'queues', 'comms') AND c.relkind IN ('r', 'v', 'S')
        AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege($1, c.oid, 'USAGE, SELECT, UPDATE')
            ELSE has_table_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                OR has_any_column_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') END
    ORDER BY 1";

/// Prints the rights of the four roles and compares them with what is meant.
pub(super) async fn read(database: &Database, report: &mut Report) -> Result<(), Error> {
    report.part("Rights, read from the server");
    let mut admin = database.connect(database.superuser()).await?;
    for role in ROLES {
        let callable: Vec<String> = sqlx::query_scalar(CALLABLE).bind(role).fetch_all(&mut admin).await?;
        let reachable: Vec<String> = sqlx::query_scalar(REACHABLE).bind(role).fetch_all(&mut admin).await?;
        let (functions, relations) = meant(role);
        report.expect(&format!("{role} calls"), functions.to_owned(), callable.join(" "));
        report.expect(&format!("{role} reads"), relations.to_owned(), reachable.join(" "));
    }
    admin.close().await?;
    Ok(())
}

fn meant(role: &str) -> (&'static str, &'static str) {
    match role {
        "anon" => ("api.health api.request_email", "api.public_notices"),
        "authenticated" => ("api.health api.request_email", "api.my_emails api.public_notices"),
        "worker_service_user" => (
            "comms.get_email_payload comms.record_email_failure comms.record_email_success comms.send_email_supervisor \
             internal.run_function queues.append_error queues.dequeue_next_available_task",
            "",
        ),
        _ => ("", ""),
    }
}
