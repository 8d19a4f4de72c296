#[derive(Context)]
#[context(prefix = "app", allow(H0514, reason = "a CHECK keeps '' out"))]
struct Request { tenant: String }

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant = coalesce(ctx.tenant, "main")), permit(select, to = App))]
struct Document { id: i64, tenant: String }
