// The difference of two dates is a number of days.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(ends_on - starts_on > interval "30 days")),
)]
pub struct Document {
    pub id: i64,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

fn main() {}
