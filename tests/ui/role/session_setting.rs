// A setting that changes who the session is.
use hedgerow::Role;

#[derive(Role)]
#[role(login, settings(role = "owner", statement_timeout = "5s"))]
pub struct App;

fn main() {}
