// Options of a role that is not ours.
use hedgerow::Role;

#[derive(Role)]
#[role(external, login, connect, connection_limit = 5)]
pub struct App;

fn main() {}
