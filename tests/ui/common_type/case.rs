// A number or a text.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(CASE WHEN archived THEN 0 ELSE title END = title)),
)]
pub struct Document {
    pub id: i64,
    pub archived: bool,
    pub title: String,
}

fn main() {}
