#[derive(Context)]
#[context(prefix = "app", allow(H0514, reason = "a CHECK on the column forbids the empty text"))]
struct Caller { tenant: String }

#[derive(Policy)]
#[policy(table = "documents", context = Caller, tenant(tenant = ctx.tenant), permit(select, to = App))]
struct Document { id: Uuid, tenant: String }
