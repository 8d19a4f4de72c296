// The derive alone, in the hope of a default.

#[derive(hedgerow::Policy)]
pub struct Document {
    pub id: i64,
}

fn main() {}
