// A role that is its own member.
use hedgerow::Role;

#[derive(Role)]
#[role(member_of(App))]
pub struct App;

fn main() {}
