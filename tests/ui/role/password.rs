// A password in the source.
use hedgerow::Role;

#[derive(Role)]
#[role(login, password = "hunter2")]
pub struct App;

fn main() {}
