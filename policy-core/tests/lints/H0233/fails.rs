#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(status <> "draft")))]
struct Document { id: Uuid, status: Option<String> }
