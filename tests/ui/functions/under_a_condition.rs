// The database has one state, whatever a build is configured to.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    #[cfg(feature = "sqlx")]
    fn one() -> i32;
    #[cfg_attr(test, function(name = "two_of_tests"))]
    fn two(a: i32);
}

fn main() {}
