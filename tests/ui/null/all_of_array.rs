// `<> ALL` over a list with NULL in it.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(status <> ALL(ARRAY["draft", NULL]))),
)]
pub struct Document {
    pub id: i64,
    pub status: Option<String>,
}

fn main() {}
