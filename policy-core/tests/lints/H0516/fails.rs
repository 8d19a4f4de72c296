#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App), grant(select on all tables, to = App))]
struct Main;
