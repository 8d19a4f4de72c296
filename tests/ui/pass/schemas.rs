// Every key of a schema.
use hedgerow::{Policy, Role, Schema, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Role)]
#[role()]
pub struct Owner;

#[derive(Schema)]
#[schema(
    name = "billing",
    grant(usage, to = App),
    grant(select on tables, to = App),
    grant(usage on sequences, to = App),
    revoke(create, from = PUBLIC),
    revoke(all on all functions, from = PUBLIC),
    default(grant(usage on sequences, to = App)),
    default(revoke(all on tables, from = App)),
    allow(H0516, reason = "functions come from an extension"),
)]
pub struct Billing;

#[derive(Schema)]
#[schema(name = "auth", external)]
pub struct Auth;

#[derive(Policy)]
#[policy(table = "auth.users", external)]
pub struct User {
    pub id: i64,
}

policy_set! { pub SCHEMAS { owner: Owner, items: [App, Owner, Billing, Auth, User] } }

fn main() {
    let sql = SCHEMAS.sql().unwrap();
    assert!(sql.contains("GRANT USAGE ON SCHEMA billing TO app;"), "{sql}");
}
