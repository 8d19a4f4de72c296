// A table without a row struct, and without columns.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "audit", no_tenant, permit(insert, to = App, with_check(true)))]
pub struct Audit;

fn main() {}
