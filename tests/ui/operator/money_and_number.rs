// Money against a number.
use hedgerow::{Policy, Role};
use sqlx::postgres::types::PgMoney;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(price > 100)),
)]
pub struct Document {
    pub price: PgMoney,
    pub id: i64,
}

fn main() {}
