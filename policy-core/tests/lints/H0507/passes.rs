#[derive(Role)]
#[role(name = "owner", default(revoke(execute on functions, from = PUBLIC)))]
struct Owner;
