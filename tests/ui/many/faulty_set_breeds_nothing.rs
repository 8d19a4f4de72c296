// One misspelt key of a set that the program uses.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! { pub APPLICATION { versoins: 14..=18, items: [App] } }

fn main() {
    println!("{:?}", APPLICATION.sql());
}
