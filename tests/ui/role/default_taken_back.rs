// Functions and routines are one kind to default privileges.
use hedgerow::Role;

#[derive(Role)]
#[role(name = "owner", default(revoke(execute on routines, from = PUBLIC)), default(grant(execute on functions, to = PUBLIC)))]
pub struct Owner;

fn main() {}
