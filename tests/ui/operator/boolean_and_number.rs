// A flag against 0.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(archived = 0)),
)]
pub struct Document {
    pub id: i64,
    pub archived: bool,
}

fn main() {}
