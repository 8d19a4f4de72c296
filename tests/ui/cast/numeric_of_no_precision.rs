// A number without digits.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level::numeric(0) > 1)),
)]
pub struct Document {
    pub id: i64,
    pub level: i32,
}

fn main() {}
