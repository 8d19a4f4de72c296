#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App), grant(select on tables, to = App))]
struct Main;
