#[derive(Policy)]
#[policy(table = "orders", no_tenant, permit(select, to = App, using(amount > 0)))]
struct Order { id: Uuid, #[policy(type = "bigint")] amount: i32 }
