// A number without blanks.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(TRIM(level) = "4")),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
