// A setting that holds a map.
use hedgerow::Context;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: i64,
    pub claims: std::collections::HashMap<String, String>,
}

fn main() {}
