#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(expires_at > "now")))]
struct Document { id: Uuid, expires_at: DateTime<Utc> }
