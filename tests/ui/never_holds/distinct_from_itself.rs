// Nothing is distinct from itself.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(level IS DISTINCT FROM level)),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Option<Uuid>,
    pub status: String,
    pub level: i32,
    pub archived: bool,
    pub published_at: Option<chrono::DateTime<chrono::Utc>>,
}

fn main() {}
