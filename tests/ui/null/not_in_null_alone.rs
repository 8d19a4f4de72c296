// A list of NULL alone.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(status NOT IN (NULL))),
)]
pub struct Document {
    pub id: i64,
    pub status: Option<String>,
}

fn main() {}
