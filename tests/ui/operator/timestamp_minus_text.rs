// A text column subtracted from a moment.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(created_at - grace < now())),
)]
pub struct Document {
    pub id: i64,
    pub created_at: DateTime<Utc>,
    pub grace: String,
}

fn main() {}
