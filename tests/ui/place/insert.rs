// What may be inserted.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level > 0)),
    permit(insert, to = App, using(level = "low")),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
    pub level: i32,
}

fn main() {}
