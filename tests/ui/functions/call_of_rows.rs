// Rows are no value.
use hedgerow::{Policy, Role, functions};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[functions(schema = "queues", grant(execute, to = App))]
pub trait Api {
    #[function(volatility = stable)]
    fn may_see(team_id: Uuid, kind: String) -> bool;
    #[function(volatility = stable)]
    fn all() -> SetOf<Uuid>;
    #[function(volatility = stable)]
    fn team() -> Uuid;
}

#[derive(Policy)]
#[policy(table = "teams", no_tenant, permit(select, to = App, using(Api.all() = id)))]
pub struct Team {
    pub id: Uuid,
    pub title: String,
    pub level: i32,
}

fn main() {}
