// A role that passes every policy.
use hedgerow::Role;

#[derive(Role)]
#[role(external, bypass_rls)]
pub struct Backup;

fn main() {}
