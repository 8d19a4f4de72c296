// A limit of connections, in words.
use hedgerow::Role;

#[derive(Role)]
#[role(login, connection_limit = "ten")]
pub struct App;

fn main() {}
