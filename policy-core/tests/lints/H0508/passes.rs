#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App), default(grant(select on tables, to = App)))]
struct Main;

policy_set! { pub SYSTEM { owner: Owner, items: [Owner, App, Main] } }
