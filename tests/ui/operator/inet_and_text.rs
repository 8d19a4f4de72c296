// An address against a text column.
use hedgerow::{Policy, Role};
use std::net::IpAddr;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(address = host)),
)]
pub struct Document {
    pub id: i64,
    pub address: IpAddr,
    pub host: String,
}

fn main() {}
