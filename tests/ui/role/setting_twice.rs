// A setting with two values.
use hedgerow::Role;

#[derive(Role)]
#[role(settings(statement_timeout = "5s", statement_timeout = "10s"))]
pub struct App;

fn main() {}
