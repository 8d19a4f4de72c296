// A database that is not supported.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { target: "mysql", items: [App] } }

fn main() {}
