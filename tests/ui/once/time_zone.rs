// Ten o'clock, wherever the migration runs.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(created_at > "2024-01-31 10:00")),
)]
pub struct Document {
    pub id: i64,
    pub created_at: DateTime<Utc>,
}

fn main() {}
