#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "leaks", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select(id, title), to = Reader))]
struct Leak { id: i64, tenant_id: Uuid, title: String, status: String }

#[derive(View)]
#[view(name = "leaks_public", definer = Reader, grant(select, to = App),
    query(SELECT l.id, l.title FROM Leak l WHERE l.status = "public"))]
struct PublicLeak { id: i64, title: String }
