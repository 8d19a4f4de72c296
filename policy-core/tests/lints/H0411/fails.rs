#[derive(Policy)]
#[policy(table = "audit", no_tenant,
    permit(all, to = Worker, using(true)),
    never(update, delete, to = PUBLIC),
)]
struct Audit { id: Uuid }
