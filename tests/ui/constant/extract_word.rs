// The name of a month.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(EXTRACT(month FROM due_on) = "May")),
)]
pub struct Document {
    pub id: i64,
    pub due_on: NaiveDate,
}

fn main() {}
