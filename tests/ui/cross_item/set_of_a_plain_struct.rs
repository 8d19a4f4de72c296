// A set with a struct that has no derive.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

pub struct Document {
    pub id: i64,
}

policy_set! { pub APPLICATION { items: [App, Document] } }

fn main() {}
