// A condition on a table without row security.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "countries",
    no_tenant,
    no_rls = "the same for everybody",
    permit(select, to = App, using(NOT archived)),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
    pub archived: bool,
}

fn main() {}
