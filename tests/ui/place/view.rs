// The query of a view.
use hedgerow::{Policy, Role, View};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(true)))]
pub struct Document {
    pub id: Uuid,
    pub title: String,
}

#[derive(View)]
#[view(
    name = "titles",
    grant(select, to = App),
    query(SELECT d.id, d.title FROM Document d WHERE lower(5) = d.title),
)]
pub struct Title {
    pub id: Uuid,
    pub title: String,
}

fn main() {}
