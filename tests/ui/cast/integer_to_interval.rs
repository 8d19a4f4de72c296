// A number of days as an interval.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(created_at + keep_days::interval > now())),
)]
pub struct Document {
    pub id: i64,
    pub created_at: DateTime<Utc>,
    pub keep_days: i32,
}

fn main() {}
