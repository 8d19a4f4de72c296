//! Editors of the two countries: each works on the rows of its own.

use sqlx::PgConnection;

use super::session::{request, tried};
use super::setup::Door;
use super::{Error, Report, TABLES};
use crate::model::{Country, Leak, LeakStatus, Tenant};

/// What `lobby_app` is called in the reports.
const APP: &str = "lobby_app";

/// Each country gets an editor, a document, a funding record, and a leak in each state.
pub(super) async fn work(door: &Door<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Editors, as lobby_app");
    let mut conn = door.connect().await?;
    for (tenant, words) in [(Country::Chile, "lithium"), (Country::Uruguay, "pulp")] {
        let mut tx = request(&mut conn, APP, Some(tenant)).await?;
        fill(&mut tx, tenant, words).await?;
        tx.commit().await?;
    }
    for tenant in [Country::Chile, Country::Uruguay] {
        let mut tx = request(&mut conn, APP, Some(tenant)).await?;
        let tenants: Vec<Tenant> = sqlx::query_as("SELECT * FROM \"Tenant\"").fetch_all(&mut *tx).await?;
        report.expect(&format!("{tenant:?}: tenants seen"), 1, tenants.iter().filter(|found| found.code == tenant).count());
        let leaks: Vec<Leak> = sqlx::query_as("SELECT * FROM \"Leak\"").fetch_all(&mut *tx).await?;
        report.expect(&format!("{tenant:?}: leaks seen"), 3, leaks.len());
        let foreign = leaks.iter().filter(|leak| leak.tenant_code != tenant).count();
        report.expect(&format!("{tenant:?}: of another country"), 0, foreign);
        let drafts = leaks.iter().filter(|leak| leak.status == LeakStatus::Draft).count();
        report.expect(&format!("{tenant:?}: drafts among them"), 1, drafts);
        tx.rollback().await?;
    }
    Ok(())
}

async fn fill(conn: &mut PgConnection, tenant: Country, words: &str) -> Result<(), Error> {
    let user = "INSERT INTO \"User\" (id, email, \"tenantCode\") VALUES ($1, $1 || '@example.org', $2)";
    sqlx::query(user).bind(format!("editor-{words}")).bind(tenant).execute(&mut *conn).await?;
    let document = "INSERT INTO \"Document\" (title, \"authorId\", \"tenantCode\") VALUES ($1, $2, $3)";
    sqlx::query(document).bind(words).bind(format!("editor-{words}")).bind(tenant).execute(&mut *conn).await?;
    let record = "INSERT INTO \"FundingRecord\" (donor, \"amountCents\", \"tenantCode\") VALUES ($1, 1250000, $2)";
    sqlx::query(record).bind(words).bind(tenant).execute(&mut *conn).await?;
    for status in [LeakStatus::Draft, LeakStatus::Public, LeakStatus::Withdrawn] {
        let leak = "INSERT INTO \"Leak\" (title, body, status, \"tenantCode\") VALUES ($1, 'names and sums', $2, $3)";
        let title = format!("{words}, {status:?}").to_lowercase();
        sqlx::query(leak).bind(title).bind(status).bind(tenant).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What an editor of one country tries on the other, and without a country.
pub(super) async fn tries(door: &Door<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("What an editor of Chile tries");
    let mut conn = door.connect().await?;
    let mut tx = request(&mut conn, APP, Some(Country::Chile)).await?;
    for (what, sql, expected) in [
        ("writes a leak for Uruguay", "INSERT INTO \"Leak\" (title, body, \"tenantCode\") VALUES ('x', 'x', 'UY')", "42501"),
        ("moves its leaks to Uruguay", "UPDATE \"Leak\" SET \"tenantCode\" = 'UY'", "42501"),
        ("publishes Uruguay's drafts", "UPDATE \"Leak\" SET status = 'public' WHERE \"tenantCode\" = 'UY'", "0 rows"),
        ("deletes Uruguay's records", "DELETE FROM \"FundingRecord\" WHERE \"tenantCode\" = 'UY'", "0 rows"),
        ("founds a tenant", "INSERT INTO \"Tenant\" (code, name) VALUES ('CL', 'x')", "42501"),
        ("truncates everybody's leaks", "TRUNCATE \"Leak\"", "42501"),
        ("becomes the view's owner", "SET LOCAL ROLE leaks_reader", "42501"),
    ] {
        report.expect(what, expected.to_owned(), tried(&mut tx, sql).await?);
    }
    tx.rollback().await?;
    let mut tx = request(&mut conn, APP, None).await?;
    for table in TABLES {
        report.expect(
            &format!("without a tenant, reads {table}"),
            "0 rows".to_owned(),
            tried(&mut tx, &format!("SELECT FROM {table}")).await?,
        );
    }
    tx.rollback().await?;
    Ok(())
}
