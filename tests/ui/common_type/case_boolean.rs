// A flag or a number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(CASE WHEN id > 5 THEN archived ELSE flags END)),
)]
pub struct Document {
    pub id: i64,
    pub archived: bool,
    pub flags: i32,
}

fn main() {}
