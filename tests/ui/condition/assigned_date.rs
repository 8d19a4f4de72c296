// A date for whether there is one.
use chrono::{DateTime, Utc};
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(NOT deleted_at)),
)]
pub struct Document {
    pub id: i64,
    pub deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
