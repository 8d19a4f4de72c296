// A role in the namespace of PostgreSQL.
use hedgerow::Role;

#[derive(Role)]
#[role(name = "pg_reader", login)]
pub struct Reader;

fn main() {}
