// A trigger passes none.
use hedgerow::functions;
#[functions(schema = "queues", language = "sql")]
pub trait Api {
    #[function(returns = "trigger", body = "begin end", language = "plpgsql")]
    fn one(a: i32);
    #[function(returns = "trigger", body = "SELECT 1")]
    fn two();
}

fn main() {}
