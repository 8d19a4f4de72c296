// Two digits of a float.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(round(ratio, 2) = 0.25)),
)]
pub struct Document {
    pub id: i64,
    pub ratio: f64,
}

fn main() {}
