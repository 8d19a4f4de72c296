#[derive(Policy)]
#[policy(table = "sessions", no_tenant, permit(select, to = App, using(expires_at > now())))]
struct Session { id: Uuid, expires_at: DateTime<Utc> }
