// Every key of a rule, and every key of a table that is about privileges.
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

#[derive(Role)]
#[role(login)]
pub struct Auditor;

#[derive(Role)]
#[role()]
pub struct Loader;

#[derive(Role)]
#[role()]
pub struct Owner;

#[derive(Policy)]
#[policy(table = "documents", renamed_from = "papers")]
#[policy(context = Request, tenant(tenant_id = ctx.tenant_id), partitioned)]
#[policy(
    permit(select(id, title), to = [App, Auditor], using(NOT archived), name = "read", renamed_from = "see"),
    permit(insert(id, tenant_id, title), to = App, with_check(owner_id = ctx.user_id)),
    permit(update(title, archived), to = App, using(owner_id = ctx.user_id), with_check(title <> "")),
    restrict(update, delete, using(NOT archived)),
    restrict(select, to = Auditor, using(title NOT LIKE "private%"), name = "nothing private"),
    grant(references(id), to = Loader),
    never(delete, truncate, to = PUBLIC),
)]
pub struct Document {
    #[policy(sequence)]
    pub id: i64,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub title: String,
    pub archived: bool,
}

#[derive(Policy)]
#[policy(
    table = "events",
    context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(insert, to = App),
    allow(H0412, reason = "an audit trail: nobody who writes it may read it"),
)]
pub struct Event {
    pub tenant_id: Uuid,
    pub what: String,
}

#[derive(Policy)]
#[policy(
    table = "currencies",
    no_tenant,
    no_rls = "the same rows for everybody",
    permit(select, to = PUBLIC),
    grant(insert, update(name), truncate, to = Loader),
)]
pub struct Currency {
    pub code: String,
    pub name: String,
}

policy_set! { pub RULES { owner: Owner, items: [Request, App, Auditor, Loader, Owner, Document, Event, Currency] } }

fn main() {
    let sql = RULES.sql().unwrap();
    assert!(sql.contains("\"nothing private\""), "{sql}");
}
