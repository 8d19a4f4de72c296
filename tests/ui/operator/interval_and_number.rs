// A difference of moments against a number of days.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(ended_at - started_at > 30)),
)]
pub struct Document {
    pub id: i64,
    pub started_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
}

fn main() {}
