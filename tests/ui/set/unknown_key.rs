// A set with its items misspelt.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { item: [App] } }

fn main() {}
