#[derive(Context)]
#[context(prefix = "app")]
struct Request { number: i64 }

#[derive(Policy)]
#[policy(table = "orders", context = Request, no_tenant, permit(select, to = App, using(number + 1000 = ctx.number)))]
struct Order { id: i64, number: i64 }
