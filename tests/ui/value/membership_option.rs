// An option of a membership, as text.
use hedgerow::Role;

#[derive(Role)]
#[role()]
pub struct Readers;

#[derive(Role)]
#[role(login, member_of(Readers, inherit = "yes"))]
pub struct App;

fn main() {}
