// A schema as an enum.
use hedgerow::Schema;

#[derive(Schema)]
#[schema(name = "app")]
pub enum Main {
    Public,
}

fn main() {}
