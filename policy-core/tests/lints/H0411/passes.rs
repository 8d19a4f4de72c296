#[derive(Policy)]
#[policy(table = "audit", no_tenant,
    permit(select, insert, to = Worker, using(true)),
    never(update, delete, to = PUBLIC),
)]
struct Audit { id: Uuid }
