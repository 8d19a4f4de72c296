// The moment of the migration.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(expires_at > "now")),
)]
pub struct Document {
    pub id: i64,
    pub expires_at: DateTime<Utc>,
}

fn main() {}
