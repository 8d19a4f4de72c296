// Conditions as SQL text: SQL's quotes, SQL's names.
use hedgerow::{Context, Policy, Role, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "members",
    context = Request,
    no_tenant,
    permit(select, to = App, using = "USER_ID = ctx.user_id"),
)]
pub struct Member {
    pub team_id: Uuid,
    pub user_id: Uuid,
    #[policy(column = "memberRole")]
    pub role: String,
}

#[derive(Policy)]
#[policy(
    table = "documents",
    context = Request,
    tenant = "tenant_id = ctx.tenant_id",
    permit(select, to = App, using = r#"
        "documentTitle" = 'it''s' AND status IN ('draft', 'signed') AND "documentTitle" ~ '^\d+$'
        AND EXISTS (
            SELECT 1 FROM members AS m
            WHERE m.team_id = self.team_id AND m."memberRole" = 'lead' AND m.user_id = ctx.user_id
        )
    "#),
    permit(insert, to = App, with_check = "team_id IN (SELECT m.team_id FROM public.members m WHERE m.user_id = ctx.user_id)"),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub team_id: Uuid,
    pub status: String,
    #[sqlx(rename = "documentTitle")]
    pub title: String,
}

policy_set! { pub TEXT { items: [Request, App, Member, Document] } }

fn main() {
    assert!(TEXT.sql().unwrap().contains(r#"m."memberRole" = 'lead'"#));
}
