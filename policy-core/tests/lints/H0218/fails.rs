#[derive(Policy)]
#[policy(table = "documents", tenant(tenant_id = current_setting("app.tenant_id")::uuid), permit(select, to = App))]
struct Document { id: Uuid, tenant_id: Uuid }
