#[derive(Role)]
#[role(name = "owner")]
struct Owner;

#[derive(Role)]
#[role(name = "migrator", login, noinherit, member_of(Owner), allow(H0504, reason = "runs the migrations, serves no request"))]
struct Migrator;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
struct Document { id: i64, tenant_id: Uuid }
