// Predicates, types, names and whole tables that macro_rules make.
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

macro_rules! table {
    ($name:ident, $table:literal, $to:path, $column:ident: $kind:ty, $sql:ident, $value:expr, $text:literal, [$($using:tt)*]) => {
        #[derive(Policy)]
        #[policy(
            table = $table,
            context = Request,
            tenant(tenant_id = ctx.tenant_id),
            permit(select, to = $to, using(
                $column::$sql <> $text AND $column::text !~* "^x" AND data ->> "a" <> data #>> "{a,b}" AND data @> "{}" AND self.$column IS NOT NULL AND ($($using)*) AND owner_id = $value
            )),
        )]
        pub struct $name {
            pub tenant_id: Uuid,
            pub owner_id: Uuid,
            pub data: serde_json::Value,
            pub $column: $kind,
        }
    };
}

table!(Document, "documents", App, title: String, text, ctx.user_id, "x", [title = "a" OR owner_id = ctx.user_id]);
table!(Invoice, "invoices", crate::App, number: Option<i32>, bigint, ctx.user_id, 1, [number > 3 AND EXISTS (SELECT 1 FROM Document d WHERE d.owner_id = self.owner_id)]);

policy_set! { pub MACROS { items: [Request, App, Document, Invoice] } }

fn main() {
    let sql = MACROS.sql().unwrap();
    assert!(sql.contains("title::text <> 'x'"), "{sql}");
    assert!(sql.contains("(title = 'a' OR owner_id = "), "{sql}");
    assert!(sql.contains("data ->> 'a' <> data #>> '{a,b}'"), "{sql}");
}
