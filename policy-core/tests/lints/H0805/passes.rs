#[functions(schema = "public", grant(execute, to = App))]
trait Access {
    #[function(volatility = stable)]
    fn may_see(team_id: Uuid) -> bool;
}

#[derive(Policy)]
#[policy(table = "teams", no_tenant, permit(select, to = App, using(Access.may_see(id))))]
struct Team { id: Uuid }
