#[functions(schema = "public", language = "plpgsql")]
trait Fns {
    #[function(returns = "trigger", body = "BEGIN RETURN new; END")]
    fn touch();
}

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(all, to = App),
    trigger(after(update(status)), each_row, execute = Fns.touch),
    trigger(after(update), each_statement, execute = Fns.touch, name = "after_every_update"))]
struct Document { id: Uuid, tenant_id: Uuid, status: String }
