// A kind of object, misspelt.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    grant(select on table, to = App),
)]
pub struct Main;

fn main() {}
