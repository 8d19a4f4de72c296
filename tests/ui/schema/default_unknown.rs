// Default privileges, with the key in front left out.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    default(select on tables, to = App),
)]
pub struct Main;

fn main() {}
