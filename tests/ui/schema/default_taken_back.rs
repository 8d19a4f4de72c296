// A default that takes away what another one gives.
use hedgerow::{Role, Schema};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Schema)]
#[schema(
    name = "public",
    default(grant(select, insert on tables, to = App)),
    default(revoke(all on tables, from = [App, PUBLIC])),
)]
pub struct Main;

fn main() {}
