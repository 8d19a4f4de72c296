// A price with a comma.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(price > "12,50")),
)]
pub struct Document {
    pub price: Decimal,
    pub id: i64,
}

fn main() {}
