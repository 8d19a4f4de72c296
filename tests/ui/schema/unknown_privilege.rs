// A privilege that schemas do not have.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    grant(select, to = App),
)]
pub struct Main;

fn main() {}
