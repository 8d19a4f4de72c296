// Rules on a table of others.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "storage.objects",
    external,
    permit(select, to = App, using(archived)),
    grant(truncate, to = App),
    no_rls = "theirs",
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
    pub archived: bool,
}

fn main() {}
