// The arguments the other way round.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(date_trunc(created_at, "month") = date_trunc("month", now()))),
)]
pub struct Document {
    pub id: i64,
    pub created_at: DateTime<Utc>,
}

fn main() {}
