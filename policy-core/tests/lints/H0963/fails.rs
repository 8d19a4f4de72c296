#[derive(Policy)]
#[policy(table = "events", context = Request, no_tenant, permit(select, to = App, using((data ->> "owner")::uuid = ctx.user_id)))]
struct Event { id: i64, data: serde_json::Value }
