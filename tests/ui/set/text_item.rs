// An item in quotes.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { items: ["App"] } }

fn main() {}
