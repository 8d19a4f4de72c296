// Views: tokens and SQL text, joins, a context, values under names, one over another, one of others, in a policy.
use hedgerow::{Context, Policy, Role, Schema, View, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Visit {
    pub tenant_id: Uuid,
}

#[derive(Role)]
#[role()]
pub struct Reader;

#[derive(Role)]
#[role(login)]
pub struct Anonymous;

#[derive(Policy)]
#[policy(
    table = "Leak", rename_all = "camelCase", context = Visit, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = [Reader, Anonymous]),
)]
pub struct Leak {
    pub id: i64,
    pub tenant_id: Uuid,
    pub title: String,
    pub r#type: Option<String>,
    pub parent_id: Option<i64>,
}

/// In another order than the fields, the value of an expression, a word of SQL as a name.
#[derive(View)]
#[view(
    name = "leaks_public", definer = Reader, rename_all = "SCREAMING_SNAKE_CASE",
    grant(select(id, title), to = Anonymous), grant(select, to = Reader),
    query(
        SELECT DISTINCT
            COALESCE(l.r#type, "none") AS r#type, // a name that Rust writes raw
            l.id, upper(l.title) || " (" || p.title || ")" AS title,
            (SELECT max_of.id FROM Leak max_of WHERE max_of.parent_id = l.id) IS NULL AS is_last
        FROM Leak l
        LEFT JOIN Leak AS p ON p.id = l.parent_id
        WHERE l.title <> ALL(ARRAY["draft", "hidden"]) AND l.id IN (SELECT o.id FROM Leak o)
    ),
)]
pub struct PublicLeak {
    pub id: i64,
    pub title: Option<String>,
    pub r#type: String,
    pub is_last: bool,
    #[view(skip)]
    pub cached: std::time::SystemTime,
}

/// In SQL text, with SQL names; over another view; the caller's tenant.
#[derive(View)]
#[view(
    name = "reports.mine", context = Visit, definer = Reader, grant(select, to = PUBLIC),
    query = "SELECT v.\"ID\" AS id, v.\"TYPE\" AS kind, l.\"tenantId\" AS tenant
             FROM leaks_public v JOIN \"Leak\" l ON l.id = v.\"ID\"
             WHERE l.\"tenantId\" = ctx.tenant_id",
)]
pub struct Mine {
    pub id: i64,
    pub kind: String,
    pub tenant: Uuid,
}

#[derive(Schema)]
#[schema(name = "reports", grant(usage, to = PUBLIC))]
pub struct Reports;

/// Of others: read, never altered.
#[derive(View)]
#[view(name = "stats.visits", external)]
pub struct Visits<'a> {
    pub leak_id: i64,
    pub page: &'a str,
}

#[derive(Policy)]
#[policy(
    table = "comments", no_tenant,
    permit(select, to = Reader, using(
        leak_id IN (SELECT p.id FROM PublicLeak p WHERE p.is_last) AND EXISTS (SELECT 1 FROM Visits v WHERE v.leak_id = self.leak_id)
    )),
)]
pub struct Comment {
    pub leak_id: i64,
}

policy_set! { pub LEAKS { items: [Visit, Reader, Anonymous, Reports, Mine, Leak, PublicLeak, Visits, Comment] } }

fn main() {
    let sql = LEAKS.sql().unwrap();
    let (first, then) = (sql.find("VIEW public.leaks_public ("), sql.find("VIEW reports.mine ("));
    assert!(first.is_some() && first < then, "{sql}");
}
