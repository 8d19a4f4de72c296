// No item of that name.
use hedgerow::{Context, Policy, Role, View};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Visit {
    pub tenant_id: Uuid,
}

#[derive(Role)]
#[role()]
pub struct Reader;

#[derive(Role)]
#[role(login)]
pub struct Anonymous;

#[derive(Policy)]
#[policy(table = "leaks", context = Visit, tenant(tenant_id = ctx.tenant_id), permit(select, to = Reader))]
pub struct Leak {
    pub id: i64,
    pub tenant_id: Uuid,
    pub title: String,
    pub status: String,
}

#[derive(View)]
#[view(
    name = "leaks_public",
    definer = Reader,
    grant(select, to = Anonymous),
    query(SELECT l.id, l.title FROM Leaks l),
)]
pub struct PublicLeak {
    pub id: i64,
    pub title: String,
}

fn main() {}
