#[derive(Context)]
#[context(prefix = "app")]
struct Request { folder: String }

#[derive(Policy)]
#[policy(table = "files", context = Request, no_tenant, permit(select, to = App, using(starts_with(path, ctx.folder))))]
struct File { id: i64, path: String }
