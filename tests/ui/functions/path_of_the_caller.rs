// A path that the caller turns.
use hedgerow::{Role, functions};

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "queues", definer = App, search_path = "$user, queues")]
pub trait Api {
    fn one() -> i32;
    #[function(search_path = "pg_temp, queues")]
    fn two() -> i32;
}

fn main() {}
