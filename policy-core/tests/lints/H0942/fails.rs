#[derive(Policy)]
#[policy(table = "salaries", context = Request, no_tenant,
    permit(select, to = App, using(person = ctx.user_id)),
    permit(select, to = App, name = "head_of_staff", using(ctx.user_id = "11111111-0000-0000-0000-000000000000" AND cents > 0)))]
struct Salary { id: i64, person: Uuid, cents: i64 }
