#[derive(Schema)]
#[schema(name = "work", grant(usage, to = App))]
struct Work;
