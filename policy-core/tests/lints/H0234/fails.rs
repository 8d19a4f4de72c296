#[derive(Policy)]
#[policy(table = "orders", no_tenant,
    permit(select, insert, to = App, using(true), with_check(amount > 0)))]
struct Order { id: Uuid, amount: Option<i64> }
