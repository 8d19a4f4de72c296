#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(deleted_at IS NULL)))]
struct Document { id: Uuid, deleted_at: Option<DateTime<Utc>> }
