// Types without a list.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { types: "status", items: [App] } }

fn main() {}
