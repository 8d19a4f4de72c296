#[derive(Role)]
#[role(name = "anon")]
struct Anon;

#[derive(Policy)]
#[policy(table = "authors", no_tenant, permit(select, to = Anon, using(published)))]
struct Author { id: i64, name: String, password_hash: String, published: bool }
