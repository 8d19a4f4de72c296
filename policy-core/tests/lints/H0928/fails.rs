#[derive(Role)]
#[role(name = "owner", default(revoke(execute on functions, from = PUBLIC)), default(grant(execute on functions, to = App)))]
struct Owner;
