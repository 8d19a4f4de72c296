#[derive(Context)]
#[context(prefix = "app")]
struct Caller { tenant: String }

#[derive(Policy)]
#[policy(table = "documents", context = Caller, tenant(tenant = ctx.tenant), permit(select, to = App))]
struct Document { id: Uuid, tenant: String }
