//! The layers one by one, and the flags as the server has them.

use hedgerow::testing::Database;
use sqlx::{AssertSqlSafe, Connection, Row};

use super::session::{request, tried};
use super::setup::Door;
use super::{Error, Report, TABLES};
use crate::model::Country;

/// The manual verification of the security documentation, word by word.
pub const VERIFICATION: &str = "
SELECT relname, relrowsecurity, relforcerowsecurity 
FROM pg_class c 
JOIN pg_namespace n ON n.oid = c.relnamespace 
WHERE c.relkind='r' AND n.nspname='public' 
  AND c.relname IN ('Tenant', 'User', 'Document', 'FundingRecord', 'Leak');
";

/// With a privilege by mistake the policies still hold, and with a policy by mistake the floor.
pub(super) async fn layers(database: &Database, door: &Door<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("If a layer fails: an administrator lets `anonymous` in by hand");
    let (mut admin, mut conn) = (database.connect(database.superuser()).await?, door.connect().await?);
    let all = TABLES.join(", ");
    for (what, break_it, expected) in [
        ("granted by mistake: leaks seen", format!("GRANT SELECT ON {all} TO anonymous"), "0 rows"),
        (
            "a policy by mistake, for all rows: leaks seen",
            "CREATE POLICY mistake ON \"Leak\" TO anonymous USING (true)".to_owned(),
            "3 rows",
        ),
    ] {
        sqlx::raw_sql(AssertSqlSafe(break_it)).execute(&mut admin).await?;
        let mut tx = request(&mut conn, "anonymous", Some(Country::Chile)).await?;
        report.expect(what, expected.to_owned(), tried(&mut tx, "SELECT FROM \"Leak\"").await?);
        let foreign = tried(&mut tx, "SELECT FROM \"Leak\" WHERE \"tenantCode\" <> 'CL'").await?;
        report.expect("of them of Uruguay: the floor holds", "0 rows".to_owned(), foreign);
        tx.rollback().await?;
    }
    let mend = format!("DROP POLICY mistake ON \"Leak\"; REVOKE ALL ON {all} FROM anonymous");
    sqlx::raw_sql(AssertSqlSafe(mend)).execute(&mut admin).await?;
    admin.close().await?;
    Ok(())
}

/// Runs the verification query.
pub(super) async fn flags(database: &Database, report: &mut Report) -> Result<(), Error> {
    report.part("Verification: row security of the five tables");
    let mut admin = database.connect(database.superuser()).await?;
    let rows = sqlx::query(VERIFICATION).fetch_all(&mut admin).await?;
    report.expect("tables", TABLES.len(), rows.len());
    for row in rows {
        let (name, enabled, forced): (String, bool, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        report.expect(&format!("{name}: enabled, forced"), "true, true".to_owned(), format!("{enabled}, {forced}"));
    }
    admin.close().await?;
    Ok(())
}
