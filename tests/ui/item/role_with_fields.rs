// A role with data in it.
use hedgerow::Role;

#[derive(Role)]
#[role(login)]
pub struct App {
    pub name: String,
}

fn main() {}
