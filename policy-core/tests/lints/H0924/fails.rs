#[derive(Policy)]
#[policy(table = "prices", no_tenant, permit(select, to = PUBLIC, using(true)))]
struct Price { item: String, cents: i64 }
