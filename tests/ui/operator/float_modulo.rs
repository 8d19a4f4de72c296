// A remainder of what is no integer.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(ratio % 2 = 0)),
)]
pub struct Document {
    pub id: i64,
    pub ratio: f64,
}

fn main() {}
