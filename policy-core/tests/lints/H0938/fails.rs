#[derive(Policy)]
#[policy(table = "payment_audit", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, insert, delete, to = App))]
struct PaymentAudit { id: i64, tenant_id: Uuid, what: String }
