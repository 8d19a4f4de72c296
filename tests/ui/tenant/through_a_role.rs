// A child of something that is no table.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "pages",
    tenant(through(document_id = App.id)),
    permit(select, to = App),
)]
pub struct Page {
    pub id: Uuid,
    pub document_id: Uuid,
    pub number: i32,
}

fn main() {}
