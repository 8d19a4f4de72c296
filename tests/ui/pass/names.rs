// Names that need quotes, words that SQL or Rust reserves, names of 63 bytes.
use hedgerow::{Context, Policy, Role, Schema, policy_set};
use uuid::Uuid;

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant: Uuid,
    pub user: Uuid,
    pub r#type: String,
}

#[derive(Role)]
#[role(name = "Application Role", login)]
pub struct App;

#[derive(Schema)]
#[schema(name = "Billing", grant(usage, to = App))]
pub struct Billing;

#[derive(Policy)]
#[policy(
    table = "Billing.FundingRecord",
    context = Request,
    rename_all = "camelCase",
    tenant(tenant_code = ctx.tenant),
    permit(select, insert(id, order, r#type), to = App, using(
        user = ctx.user
        AND order > 0
        AND type = ctx.type
        AND r#type = ctx.r#type
        AND self.group IS NOT NULL
        AND self.end > now()
        AND self.select <> "x"
        AND r#match <> "it's \"quoted\" \\ and so on"
        AND "50%" <> quoted_name
    ), name = "app may read: 100 %"),
    permit(update, delete, to = App, using = "\"order\" > 0 AND \"user\" = ctx.\"user\" AND \"Quoted \"\"Name\"\"\" = 'it''s'"),
)]
pub struct FundingRecord {
    pub id: i64,
    pub tenant_code: Uuid,
    pub user: Uuid,
    pub order: i32,
    pub r#type: String,
    pub group: Option<String>,
    pub end: chrono::DateTime<chrono::Utc>,
    pub select: String,
    pub r#match: String,
    #[policy(column = "Quoted \"Name\"")]
    pub quoted_name: String,
}

#[derive(Policy)]
#[policy(
    table = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk",
    no_tenant,
    permit(select, to = App, using(abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk > 0),
        name = "éééééééééééééééééééééééééééééé 3"),
)]
pub struct Longest {
    pub abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk: i64,
}

policy_set! { pub NAMES { items: [Request, App, Billing, FundingRecord, Longest] } }

fn main() {
    let sql = NAMES.sql().unwrap();
    assert!(sql.contains(r#"ALTER TABLE "Billing"."FundingRecord" FORCE ROW LEVEL SECURITY;"#), "{sql}");
    assert!(sql.contains(r#""tenantCode" = (SELECT"#), "{sql}");
    assert!(sql.contains(r#""Quoted ""Name""" = 'it''s'"#), "{sql}");
    assert!(sql.contains(r#"'it''s "quoted" \\ and so on'"#), "{sql}");
    assert!(sql.contains(r#"CREATE POLICY "app may read: 100 %_select""#), "{sql}");
}
