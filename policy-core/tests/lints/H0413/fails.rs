#[derive(Role)]
#[role(name = "billing", login, member_of(App))]
struct Billing;

#[derive(Policy)]
#[policy(table = "invoices", context = Request, tenant(tenant_id = ctx.tenant_id),
    permit(select, to = App),
    permit(select, to = Billing, across_tenants = "monthly statements"),
)]
struct Invoice { id: Uuid, tenant_id: Uuid }
