// Bytes as a list.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using("a" = ANY(digest::text[]))),
)]
pub struct Document {
    pub id: i64,
    pub digest: Vec<u8>,
}

fn main() {}
