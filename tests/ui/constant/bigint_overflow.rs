// One more than a bigint holds.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level < "9223372036854775808")),
)]
pub struct Document {
    pub id: i64,
    pub level: i64,
}

fn main() {}
