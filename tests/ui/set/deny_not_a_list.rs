// One code is a list of one.
use hedgerow::{Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(true)))]
pub struct Document {
    pub id: Uuid,
}

policy_set! { pub ALL { deny: H0924, items: [App, Document] } }

fn main() {}
