// Functions that nobody may execute by default.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    default(revoke(execute on functions, from = PUBLIC)),
)]
pub struct Main;

fn main() {}
