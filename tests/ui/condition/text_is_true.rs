// IS TRUE of a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(public IS TRUE)),
)]
pub struct Document {
    pub id: i64,
    pub public: String,
}

fn main() {}
