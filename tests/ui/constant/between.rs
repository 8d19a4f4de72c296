// The end of the year, as people remember it.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(due_on BETWEEN "2024-01-01" AND "2024-11-31")),
)]
pub struct Document {
    pub id: i64,
    pub due_on: NaiveDate,
}

fn main() {}
