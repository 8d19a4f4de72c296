// Whose rows are whose: shared rows, two keys, parents of parents, workers across tenants, a role for each tenant.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub tenant_ids: Vec<Uuid>,
}

#[derive(Role)]
#[role(login, noinherit)]
pub struct App;

#[derive(Role)]
#[role(login, noinherit)]
pub struct Worker;

#[derive(Policy)]
#[policy(
    table = "templates",
    context = Request,
    tenant(tenant_id = ctx.tenant_id, shared(select)),
    permit(all, to = App),
)]
pub struct Template {
    pub id: Uuid,
    pub tenant_id: Option<Uuid>,
}

#[derive(Policy)]
#[policy(
    table = "transfers",
    context = Request,
    tenant(from_tenant = ctx.tenant_id OR to_tenant = ctx.tenant_id),
    permit(select, insert, to = App, with_check(from_tenant = ctx.tenant_id), using(true)),
    permit(select, update(sent), to = Worker, across_tenants = "sends what is due in every tenant"),
)]
pub struct Transfer {
    pub id: Uuid,
    pub from_tenant: Uuid,
    pub to_tenant: Uuid,
    pub sent: bool,
}

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ANY(ctx.tenant_ids)), permit(select, to = App))]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "pages", tenant(through(document_id = Document.id)), permit(select, to = App))]
pub struct Page {
    pub id: Uuid,
    pub document_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "lines", tenant(through(page_id = Page.id)), permit(select, to = App, using(number > 0)))]
pub struct Line {
    pub page_id: Uuid,
    pub number: i32,
}

#[derive(Policy)]
#[policy(table = "ledgers", tenant(db_role = current_user), permit(select, to = App))]
pub struct Ledger {
    pub id: Uuid,
    pub db_role: String,
}

#[derive(Policy)]
#[policy(table = "countries", no_tenant, permit(select, to = PUBLIC, using(true)))]
pub struct Country {
    pub code: String,
}

policy_set! { pub TENANCY { items: [Request, App, Worker, Template, Transfer, Document, Page, Line, Ledger, Country] } }

fn main() {
    let sql = TENANCY.sql().unwrap();
    assert!(sql.contains("tenant_id IS NULL"), "{sql}");
}
