#[derive(Policy)]
#[policy(table = "people", context = Request, no_tenant, permit(select, update(name), to = App, using(id = ctx.user_id)))]
struct Person { id: Uuid, name: String, is_admin: bool }
