// Functions are executed.
use hedgerow::{Role, functions};

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "queues", grant(select, to = App))]
pub trait Api {
    #[function(grant(execute))]
    fn one();
}

fn main() {}
