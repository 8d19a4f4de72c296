// The wrong column between two dates.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(created_by BETWEEN date "2024-01-01" AND date "2024-12-31")),
)]
pub struct Document {
    pub id: i64,
    pub created_on: NaiveDate,
    pub created_by: String,
}

fn main() {}
