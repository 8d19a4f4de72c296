// How old a text is.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(age(born) > interval "18 years")),
)]
pub struct Document {
    pub id: i64,
    pub born: String,
}

fn main() {}
