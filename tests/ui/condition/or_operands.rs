// Two operands of OR, neither a condition.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(archived OR status OR flags)),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
    pub flags: i32,
    pub archived: bool,
}

fn main() {}
