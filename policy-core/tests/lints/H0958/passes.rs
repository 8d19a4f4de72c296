#[derive(Policy)]
#[policy(table = "notes", no_tenant,
    permit(select, to = App, using(true)),
    restrict(select, to = App, using(NOT secret)))]
struct Note { id: i64, secret: bool }
