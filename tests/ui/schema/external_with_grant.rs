// Usage of a schema of others.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "auth",
    external,
    grant(usage, to = App),
)]
pub struct Main;

fn main() {}
