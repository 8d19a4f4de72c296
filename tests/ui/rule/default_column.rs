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
#[policy(table = "notes", context = Request, tenant(user_id = ctx.user_id), permit(select, insert, to = App))]
pub struct Note {
    #[policy(default("nobody"))]
    pub id: Uuid,
    pub user_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "numbered", context = Request, tenant(user_id = ctx.user_id), permit(select, insert, to = App))]
pub struct Numbered {
    #[policy(default(ctx.user_id), sequence)]
    pub user_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "others", context = Request, tenant(user_id = ctx.user_id), permit(select, insert(body), to = App))]
pub struct Other {
    pub body: String,
    #[policy(default(ctx.user))]
    pub user_id: Uuid,
}

#[derive(Policy)]
#[policy(table = "more", context = Request, tenant(user_id = ctx.user_id), permit(select, insert(user_id), to = App))]
pub struct More {
    pub user_id: Uuid,
    #[policy(default(ctx.user_id))]
    pub number: i64,
}

fn main() {}
