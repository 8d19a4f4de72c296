// The day of the migration.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(due_on >= date "today")),
)]
pub struct Document {
    pub id: i64,
    pub due_on: NaiveDate,
}

fn main() {}
