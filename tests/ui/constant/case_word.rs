// Numbers and a word.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level = CASE WHEN archived THEN 0 ELSE "one" END)),
)]
pub struct Document {
    pub id: i64,
    pub archived: bool,
    pub level: i32,
}

fn main() {}
