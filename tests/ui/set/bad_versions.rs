// Versions that are not supported.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { versions: 9..=18, items: [App] } }

fn main() {}
