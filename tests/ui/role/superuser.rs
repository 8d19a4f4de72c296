// A role that may do everything.
use hedgerow::Role;

#[derive(Role)]
#[role(login, superuser)]
pub struct Admin;

fn main() {}
