// Nor are its rights changed.
use hedgerow::{Role, functions};

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "auth", external, grant(execute, to = App))]
pub trait Auth {
    fn one() -> i32;
}

fn main() {}
