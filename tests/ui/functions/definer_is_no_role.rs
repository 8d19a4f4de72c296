// A definer is a role.
use hedgerow::functions;
pub struct NoRole;

#[functions(schema = "queues", definer = NoRole, search_path = "queues")]
pub trait Api {
    fn one();
}

fn main() {}
