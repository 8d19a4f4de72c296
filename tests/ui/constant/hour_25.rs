// An hour too many.
use chrono::NaiveTime;
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(opens_at > "25:00")),
)]
pub struct Document {
    pub id: i64,
    pub opens_at: NaiveTime,
}

fn main() {}
