// Two lists with nothing in common.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(levels && labels)),
)]
pub struct Document {
    pub id: i64,
    pub levels: Vec<i32>,
    pub labels: Vec<String>,
}

fn main() {}
