// A struct with several fields that are no columns.
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
    pub id: u64,
    pub size: (i32, i32),
    #[policy(type = "numeric(")]
    pub price: f64,
    #[policy(colunm = "Title")]
    pub title: String,
    #[policy(column = "id")]
    pub key: i64,
}

fn main() {}
