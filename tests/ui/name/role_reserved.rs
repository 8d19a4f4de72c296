// A role called like the one for everybody.
use hedgerow::Role;

#[derive(Role)]
#[role(name = "public")]
pub struct Everybody;

fn main() {}
