// Whoever calls it would set its path.
use hedgerow::{Role, functions};

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "queues", definer = App)]
pub trait Api {
    fn one() -> i32;
}

fn main() {}
