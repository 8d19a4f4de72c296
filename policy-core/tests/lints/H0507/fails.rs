#[derive(Schema)]
#[schema(name = "public", default(revoke(execute on functions, from = PUBLIC)))]
struct Main;
