#[derive(Policy)]
#[policy(table = "heads", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)))]
struct Head { user_id: Uuid, department: i64 }

#[derive(Policy)]
#[policy(table = "salaries", context = Request, no_tenant,
    permit(select, to = App, using(person = ctx.user_id)),
    permit(select, to = App, name = "heads", using(department IN (SELECT h.department FROM Head h WHERE h.user_id = ctx.user_id))))]
struct Salary { id: i64, person: Uuid, cents: i64, department: i64 }
