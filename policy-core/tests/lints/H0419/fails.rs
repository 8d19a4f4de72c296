#[derive(Policy)]
#[policy(table = "documents", tenant(tenant_id IS NOT NULL), permit(select, to = App))]
struct Document { id: Uuid, tenant_id: Uuid }
