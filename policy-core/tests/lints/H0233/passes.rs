#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(status IS DISTINCT FROM "draft")))]
struct Document { id: Uuid, status: Option<String> }
