//! The tables of `diff.sql` as they are declared here.

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
}

#[derive(Role)]
#[role(name = "bench_app", noinherit)]
pub struct App;

#[derive(Role)]
#[role(name = "bench_support", noinherit)]
pub struct Support;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [App, Support]))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "notes", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App),
    permit(select, to = Support, across_tenants = "answers tickets"),
)]
pub struct Note {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub status: String,
}

#[derive(View)]
#[view(name = "public_notes", grant(select, to = App), query(SELECT n.id, n.tenant_id FROM Note n WHERE n.status = "public"))]
pub struct PublicNote {
    pub id: Uuid,
    pub tenant_id: Uuid,
}

#[functions(schema = "public", definer = Support, search_path = "pg_catalog", language = "sql")]
pub trait Numbers {
    #[function(volatility = stable, body = "SELECT count(*) FROM public.notes")]
    fn total() -> i64;
}

policy_set! {
    pub CHANGED {
        versions: 15..=18,
        items: [Request, App, Support, Main, Note, PublicNote, Numbers],
    }
}
