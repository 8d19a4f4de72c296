// A column that is a map in Rust.
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
    pub labels: std::collections::HashMap<String, String>,
}

fn main() {}
