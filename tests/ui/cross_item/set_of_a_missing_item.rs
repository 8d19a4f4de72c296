// A set with an item that nobody declared.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { items: [App, Docment] } }

fn main() {}
