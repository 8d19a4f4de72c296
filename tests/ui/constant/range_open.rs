// A range without an end.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};
use sqlx::postgres::types::PgRange;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(during && "[2024-01-01,")),
)]
pub struct Document {
    pub id: i64,
    pub during: PgRange<DateTime<Utc>>,
}

fn main() {}
