#[derive(Policy)]
#[policy(table = "countries", no_tenant, permit(select, to = App, using(true)))]
struct Country { code: String }

#[derive(Policy)]
#[policy(table = "prices", no_tenant, permit(select, to = App, using(true)), restrict(select, to = App, using(cents > 0)))]
struct Price { cents: i64 }
