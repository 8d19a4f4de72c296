// A login role; the key is SQL's other word.
use hedgerow::Role;

#[derive(Role)]
#[role(can_login)]
pub struct App;

fn main() {}
