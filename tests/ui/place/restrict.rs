// A restriction.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level > 0)),
    restrict(select, using(status > 7)),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
    pub level: i32,
}

fn main() {}
