// A number against a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(status = 5)),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
}

fn main() {}
