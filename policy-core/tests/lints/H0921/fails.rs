#[derive(Role)]
#[role(name = "dump", bypass_rls = "nightly backups")]
struct Dump;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = [App, Dump]))]
struct Document { id: i64, tenant_id: Uuid }
