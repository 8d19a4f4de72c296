// One misspelt key; everything that refers to the table stays silent.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    pemrit(select, to = App),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
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

#[derive(Policy)]
#[policy(
    table = "comments",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App, using(EXISTS (SELECT 1 FROM Document d WHERE d.id = self.document_id AND d.owner_id = ctx.user_id))),
)]
pub struct Comment {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub document_id: Uuid,
}

policy_set! { pub APPLICATION { items: [Request, App, Document, Page, Comment] } }

fn main() {
    println!("{:?}", APPLICATION.sql());
}
