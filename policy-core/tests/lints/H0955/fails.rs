#[derive(Context)]
#[context(preset = "supabase")]
struct Caller {
    #[context(claim = "user_metadata.team")]
    team: Option<i64>,
}

#[derive(Policy)]
#[policy(table = "documents", context = Caller, no_tenant, permit(select, to = App, using(team_id = ctx.team)))]
struct Document { id: i64, team_id: i64 }
