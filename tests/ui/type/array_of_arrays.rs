// A column that is an array of arrays.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(true)),
)]
pub struct Document {
    pub id: i64,
    pub grid: Vec<Vec<i32>>,
}

fn main() {}
