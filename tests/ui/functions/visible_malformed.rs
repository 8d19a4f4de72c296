// Tables with their keys.
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

#[functions(schema = "queues")]
pub trait Rows {
    #[function(visible("teams"))]
    fn one(table_name: String, row_id: String) -> bool;
    #[function(visible())]
    fn two(table_name: String, row_id: String) -> bool;
}

fn main() {}
