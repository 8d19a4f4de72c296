// A child of a table that belongs to nobody.
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(true)),
)]
pub struct Document {
    pub id: Uuid,
}

#[derive(Policy)]
#[policy(
    table = "pages",
    tenant(through(document_id = Document.id)),
    permit(select, to = App),
)]
pub struct Page {
    pub id: Uuid,
    pub document_id: Uuid,
    pub number: i32,
}

fn main() {}
