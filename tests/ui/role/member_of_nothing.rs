// A membership without a role.
use hedgerow::Role;

#[derive(Role)]
#[role(member_of(inherit = true))]
pub struct App;

fn main() {}
