// Items in modules, structs with lifetimes, a trait of the derive's name, the derive by its path.
use uuid::Uuid;

pub trait Context {
    fn context(self, words: &str) -> Self;
}

pub mod roles {
    #[derive(Debug, Clone, hedgerow::Role, PartialEq)]
    #[role(login)]
    pub struct App;

    pub mod deep {
        #[derive(hedgerow::Role)]
        #[role(member_of(super::App))]
        pub struct Support;
    }
}

mod request {
    #[derive(hedgerow::Context)]
    #[context(prefix = "app")]
    pub struct Request {
        tenant_id: uuid::Uuid,
        pub(crate) user_id: uuid::Uuid,
    }
}

use roles::deep;

#[derive(hedgerow::Policy)]
#[policy(
    table = "members",
    context = crate::request::Request,
    no_tenant,
    permit(select, to = [roles::App, deep::Support], using(user_id = ctx.user_id)),
)]
pub(crate) struct Member {
    team_id: Uuid,
    user_id: Uuid,
}

#[derive(hedgerow::Policy)]
#[policy(
    table = "documents",
    context = request::Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, to = roles::App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))),
    permit(select, to = PUBLIC, using(title = "public"), name = "public"),
)]
struct Document<'a, 'b: 'a> {
    tenant_id: Uuid,
    team_id: Uuid,
    title: &'a str,
    body: std::borrow::Cow<'b, [u8]>,
}

fn inside() -> String {
    #[derive(hedgerow::Policy)]
    #[policy(table = "pages", tenant(through(document = Document.tenant_id)), permit(select, to = roles::App))]
    struct Page {
        document: Uuid,
    }
    hedgerow::policy_set! {
        /// Documented, private, in a function.
        PATHS { items: [roles::App, roles::deep::Support, request::Request, Member, Document, Page] }
    }
    PATHS.sql().unwrap()
}

fn main() {
    assert!(inside().contains("CREATE ROLE support"));
}
