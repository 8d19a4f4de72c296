// The array that contains a number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(levels @> 3)),
)]
pub struct Document {
    pub id: i64,
    pub levels: Vec<i32>,
}

fn main() {}
