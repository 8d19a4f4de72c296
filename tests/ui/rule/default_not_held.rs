use hedgerow::{Context, Policy, Role};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub user_id: Uuid,
}

#[derive(Role)]
#[role(name = "app", login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "notes", context = Request, no_tenant,
    permit(select, insert, to = App, using(true)),
    permit(update(body), to = App, using(user_id = ctx.user_id)))]
pub struct Note {
    pub id: Uuid,
    #[policy(default(ctx.user_id))]
    pub user_id: Uuid,
    pub body: String,
}

fn main() {}
