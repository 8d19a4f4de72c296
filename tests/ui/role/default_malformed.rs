// Default privileges without a kind of object.
use hedgerow::Role;

#[derive(Role)]
#[role(default(revoke(execute, from = PUBLIC)))]
pub struct App;

fn main() {}
