// A mask too long.
use hedgerow::{Policy, Role};
use std::net::IpAddr;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(address << "10.0.0.0/33")),
)]
pub struct Document {
    pub id: i64,
    pub address: IpAddr,
}

fn main() {}
