// PostgreSQL tells them apart by types alone.
use hedgerow::functions;
#[functions(schema = "queues")]
pub trait Api {
    fn find(id: i64) -> i32;
    #[function(name = "find")]
    fn find_task(task_id: i64) -> String;
}

fn main() {}
