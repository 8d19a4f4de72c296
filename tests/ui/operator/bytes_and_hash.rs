// A digest as bytes against one as text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(digest = md5(title))),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
    pub digest: Vec<u8>,
}

fn main() {}
