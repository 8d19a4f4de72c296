#[derive(Policy)]
#[policy(table = "countries", no_tenant, permit(select, to = App, using(true)))]
struct Country { code: String }
