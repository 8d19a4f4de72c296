// A column that the table lacks, in what `never` forbids.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(true)),
    never(select, to = App, using(statuss = "secret")),
)]
pub struct Document {
    pub id: Uuid,
    pub status: String,
}

fn main() {}
