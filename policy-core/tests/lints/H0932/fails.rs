#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App),
    permit(select, to = Reader, across_tenants = "titles are shown to visitors"))]
struct Document { id: i64, tenant_id: Uuid, title: String }

#[derive(View)]
#[view(name = "titles", definer = Reader, grant(select, to = App), query(SELECT d.title FROM Document d))]
struct Title { title: String }
