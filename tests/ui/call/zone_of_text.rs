// A text in a time zone.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(created AT TIME ZONE "UTC" > now())),
)]
pub struct Document {
    pub id: i64,
    pub created: String,
}

fn main() {}
