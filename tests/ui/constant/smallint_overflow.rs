// More than a smallint holds.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level < "70000")),
)]
pub struct Document {
    pub id: i64,
    pub level: i16,
}

fn main() {}
