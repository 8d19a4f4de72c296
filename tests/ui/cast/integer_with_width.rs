// The display width of another database.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level::integer(4) > 1)),
)]
pub struct Document {
    pub id: i64,
    pub level: i16,
}

fn main() {}
