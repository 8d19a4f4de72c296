#[derive(Policy)]
#[policy(table = "countries", no_tenant, permit(select, to = App))]
struct Country { code: String }
