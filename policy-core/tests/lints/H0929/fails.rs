#[derive(Schema)]
#[schema(name = "work", grant(usage, create, to = App))]
struct Work;
