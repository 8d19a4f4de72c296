// A grant, without saying to whom.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    grant(usage),
)]
pub struct Main;

fn main() {}
