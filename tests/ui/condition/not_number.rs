// NOT of a number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(NOT deleted)),
)]
pub struct Document {
    pub id: i64,
    pub deleted: i16,
}

fn main() {}
