#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
struct Main;
