// A type of PostgreSQL, misspelt beyond reading.
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
    #[policy(type = "numeric(ten, 2)")]
    pub price: f64,
}

fn main() {}
