// A column that the struct lacks, of a type that PostgreSQL lacks.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    columns(views: usize),
    permit(select, to = App, using(true)),
)]
pub struct Document {
    pub id: i64,
}

fn main() {}
