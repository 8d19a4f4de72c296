// Texts joined as in Rust.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(first + last = "AdaLovelace")),
)]
pub struct Document {
    pub id: i64,
    pub first: String,
    pub last: String,
}

fn main() {}
