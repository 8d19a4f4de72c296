// A role and a schema with several mistakes each.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(superuser, createrole, login = true, connection_limit = -1, password_env = "secret", bypass_rls, member_off(App))]
pub struct Admin;

#[derive(Schema)]
#[schema(grant(usage), revoke(craete, from = PUBLIC), default(grant(select on tabels, to = PUBLIC)), nam = "public")]
pub struct Main;

fn main() {}
