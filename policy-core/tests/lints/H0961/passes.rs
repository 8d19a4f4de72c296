#[derive(Context)]
#[context(prefix = "app")]
struct Request { number: i64 }

#[derive(Policy)]
#[policy(table = "orders", context = Request, no_tenant, permit(select, to = App, using(number = ctx.number - 1000)))]
struct Order { id: i64, number: i64 }
