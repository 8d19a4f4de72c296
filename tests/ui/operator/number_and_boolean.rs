// A number as a flag.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(flags = true)),
)]
pub struct Document {
    pub id: i64,
    pub flags: i32,
}

fn main() {}
