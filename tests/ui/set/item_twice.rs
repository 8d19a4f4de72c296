// A list that was merged badly.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { items: [App, App] } }

fn main() {}
