// A text of no characters.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(title::varchar(0) = "")),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
}

fn main() {}
