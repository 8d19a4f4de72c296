// A schema, without saying which.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    grant(usage, to = App),
)]
pub struct Main;

fn main() {}
