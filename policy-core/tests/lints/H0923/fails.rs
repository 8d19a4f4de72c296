#[derive(Policy)]
#[policy(table = "countries", no_tenant)]
struct Country { code: String }
