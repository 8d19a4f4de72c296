// Everyone as a group.
use hedgerow::Role;

#[derive(Role)]
#[role(login, member_of(PUBLIC))]
pub struct App;

fn main() {}
