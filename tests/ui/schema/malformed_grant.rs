// A grant on a table by its name.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    grant(select on all tables in public, to = App),
)]
pub struct Main;

fn main() {}
