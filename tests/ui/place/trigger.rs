// When a trigger fires.
use hedgerow::{Policy, Role, functions};

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "app", external)]
pub trait Jobs {
    #[function(returns = "trigger")]
    fn stamp();
}

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(true)),
    trigger(after(update), each_row, execute = Jobs.stamp, when(new.status <> old.level)),
)]
pub struct Document {
    pub id: i64,
    pub status: String,
    pub level: i32,
}

fn main() {}
