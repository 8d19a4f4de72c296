#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant, permit(select, insert, to = App, using(true)))]
struct Note { id: Uuid, #[policy(default(ctx.user_id))] user_id: Uuid, body: String }
