//! Visitors: public leaks of the country that they visit, through the view, and nothing else.

use super::session::{request, tried};
use super::setup::Door;
use super::{Error, Report, TABLES};
use crate::model::{Country, PublicLeak};

const ANONYMOUS: &str = "anonymous";

/// What the view shows in each country.
pub(super) async fn read(door: &Door<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("Visitors, as anonymous, through leaks_public_v");
    let mut conn = door.connect().await?;
    for (tenant, title) in [(Country::Chile, "lithium, public"), (Country::Uruguay, "pulp, public")] {
        let mut tx = request(&mut conn, ANONYMOUS, Some(tenant)).await?;
        let leaks: Vec<PublicLeak> = sqlx::query_as("SELECT * FROM leaks_public_v").fetch_all(&mut *tx).await?;
        let titles: Vec<String> = leaks.into_iter().filter(|leak| leak.tenant_code == tenant).map(|leak| leak.title).collect();
        report.expect(&format!("{tenant:?}: titles"), title.to_owned(), titles.join("; "));
        tx.rollback().await?;
    }
    let mut tx = request(&mut conn, ANONYMOUS, None).await?;
    report.expect("no tenant", "0 rows".to_owned(), tried(&mut tx, "SELECT FROM leaks_public_v").await?);
    sqlx::raw_sql("SELECT set_config('app.current_tenant', 'AR', false)").execute(&mut *tx).await?;
    report.expect("an unknown tenant", "0 rows".to_owned(), tried(&mut tx, "SELECT FROM leaks_public_v").await?);
    tx.rollback().await?;
    Ok(())
}

/// What a visitor of Chile tries.
pub(super) async fn tries(door: &Door<'_>, report: &mut Report) -> Result<(), Error> {
    report.part("What a visitor of Chile tries");
    let mut conn = door.connect().await?;
    report.expect("before any switch, reads the view", "42501".to_owned(), tried(&mut conn, "SELECT FROM public.leaks_public_v").await?);
    let mut tx = request(&mut conn, ANONYMOUS, Some(Country::Chile)).await?;
    for table in TABLES {
        report.expect(&format!("reads {table}"), "42501".to_owned(), tried(&mut tx, &format!("SELECT FROM {table}")).await?);
    }
    for (what, sql) in [
        ("writes through the view", "INSERT INTO leaks_public_v (id, title, \"tenantCode\") VALUES ('x', 'x', 'CL')"),
        ("changes the view's rows", "UPDATE leaks_public_v SET title = 'x'"),
        ("makes a table", "CREATE TABLE public.mine (id int)"),
        ("becomes the view's owner", "SET LOCAL ROLE leaks_reader"),
    ] {
        report.expect(what, "42501".to_owned(), tried(&mut tx, sql).await?);
    }
    tx.rollback().await?;
    Ok(())
}
