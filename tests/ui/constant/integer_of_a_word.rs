// A state by its name, which is stored as a number.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(state = "draft")),
)]
pub struct Document {
    pub id: i64,
    pub state: i16,
}

fn main() {}
