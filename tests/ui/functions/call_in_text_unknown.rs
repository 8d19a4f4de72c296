// Known to the set alone.
use hedgerow::{Policy, Role, functions, policy_set};
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
#[policy(table = "teams", no_tenant, permit(select, to = App, using = "queues.may_see(id)"))]
pub struct Team {
    pub id: Uuid,
}

policy_set! { pub ONE { items: [App, Api, Team] } }

fn main() {}
