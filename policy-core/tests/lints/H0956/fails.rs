#[derive(Policy)]
#[policy(table = "notes", no_tenant, permit(select, delete, to = App, using(true)))]
struct Note { id: i64, author: Uuid }
