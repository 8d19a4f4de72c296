#[derive(Context)]
#[context(prefix = "app", allow(H0514, reason = "a CHECK keeps '' out"))]
struct Request { tenant: String }

#[derive(Policy)]
#[policy(table = "documents", context = Request, no_tenant,
    permit(select, to = App, using(tenant = coalesce(ctx.tenant, "main"))))]
struct Document { id: i64, tenant: String }
