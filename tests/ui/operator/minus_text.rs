// The sign of a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(-priority < 0)),
)]
pub struct Document {
    pub id: i64,
    pub priority: String,
}

fn main() {}
