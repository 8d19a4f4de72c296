//! What looks like a lint and is none: the code, and a source of which it must not speak.

pub(crate) const QUIET: &[(&str, &str)] = &[
    // A grant says what is true of a role past row security.
    (
        "H0921",
        r#"#[derive(Role)] #[role(name = "dump", bypass_rls = "backups")] struct Dump;
           #[derive(Policy)] #[policy(table = "t", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App),
             permit(insert, select, to = Dump, across_tenants = "restores"))]
           struct T { id: i64, tenant_id: Uuid }"#,
    ),
    // The permit is for a group whose rights the restricted role has.
    (
        "H0922",
        r#"#[derive(Role)] #[role(name = "readers")] struct Readers;
           #[derive(Role)] #[role(name = "web", login, member_of(Readers))] struct Web;
           #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = Readers, using(true)), restrict(select, to = Web, using(NOT hidden)))]
           struct T { id: i64, hidden: bool }"#,
    ),
    ("H0923", r#"#[derive(Policy)] #[policy(table = "t", no_tenant, never(all, to = PUBLIC))] struct T { id: i64 }"#),
    (
        "H0924",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = PUBLIC, using(owner = ctx.user_id)))]
           struct T { id: i64, owner: Uuid }"#,
    ),
    // A flag and a number are no secrets.
    (
        "H0926",
        r#"#[derive(Role)] #[role(name = "anon")] struct Anon;
           #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = Anon, using(true)))]
           struct T { id: i64, has_password: bool, token_count: i64, keynote: String }"#,
    ),
    // A role that no request uses may have later tables.
    (
        "H0927",
        r#"#[derive(Role)] #[role(name = "reports")] struct Reports;
           #[derive(Schema)] #[schema(name = "public", default(grant(select on tables, to = Reports)))] struct Main;"#,
    ),
    (
        "H0930",
        r#"#[derive(Role)] #[role(name = "reader")] struct Reader;
           #[derive(Schema)] #[schema(name = "work", grant(usage, create, to = Reader))] struct Work;
           #[functions(schema = "public", definer = Reader, search_path = "work", language = "sql", grant(execute, to = App))]
           trait Api { #[function(volatility = stable, body = "SELECT 1::bigint")] fn one() -> i64; }"#,
    ),
    // Whoever watches all tenants has no tenant to stay in.
    (
        "H0932",
        r#"#[derive(Role)] #[role(name = "reader")] struct Reader;
           #[derive(Policy)] #[policy(table = "t", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App),
             permit(select, to = Reader, across_tenants = "watched"))] struct T { id: i64, tenant_id: Uuid }
           #[derive(View)] #[view(name = "v", definer = Reader, grant(select, to = Worker), query(SELECT t.id FROM T t))] struct V { id: i64 }"#,
    ),
    // A restriction holds the column, or the tenant does, or it cannot be written.
    (
        "H0934",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = App, using(true)),
             permit(update, to = App, using(owner = ctx.user_id), with_check(state = "draft")), restrict(update, using(owner = ctx.user_id)))]
           struct T { id: i64, owner: Uuid, state: String }"#,
    ),
    (
        "H0934",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = App, using(true)),
             permit(update(state), to = App, using(owner = ctx.user_id), with_check(state = "draft")))]
           struct T { id: i64, owner: Uuid, state: String }"#,
    ),
    ("H0935", r#"#[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, insert, to = App, using(true)))] struct T { id: i64 }"#),
    // Whoever makes a thing owns it: that is no membership.
    (
        "H0936",
        r#"#[derive(Policy)] #[policy(table = "todos", context = Request, no_tenant, permit(select, insert, to = App, using(owner = ctx.user_id)))]
           struct Todo { id: i64, owner: Uuid }
           #[derive(Policy)] #[policy(table = "steps", context = Request, no_tenant,
             permit(select, to = App, using(todo_id IN (SELECT t.id FROM Todo t WHERE t.owner = ctx.user_id))))]
           struct Step { id: i64, todo_id: i64 }"#,
    ),
    // The new row must show an invitation.
    (
        "H0936",
        r#"#[derive(Policy)] #[policy(table = "members", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)),
             permit(insert, to = App, using(user_id = ctx.user_id AND team_id IN (SELECT i.team_id FROM Invite i WHERE i.user_id = ctx.user_id))))]
           struct Member { team_id: i64, user_id: Uuid }
           #[derive(Policy)] #[policy(table = "invites", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)))]
           struct Invite { team_id: i64, user_id: Uuid }
           #[derive(Policy)] #[policy(table = "t", context = Request, no_tenant,
             permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))))]
           struct T { id: i64, team_id: i64 }"#,
    ),
    (
        "H0937",
        r#"#[derive(Policy)] #[policy(table = "members", context = Request, no_tenant, permit(select, to = App, using(user_id = ctx.user_id)),
             permit(update, to = App, using(user_id = ctx.user_id), with_check(user_id = ctx.user_id AND level = "guest")))]
           struct Member { team_id: i64, user_id: Uuid, level: String }
           #[derive(Policy)] #[policy(table = "t", context = Request, no_tenant,
             permit(select, to = App, using(team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id AND m.level = "lead"))))]
           struct T { id: i64, team_id: i64 }"#,
    ),
    (
        "H0938",
        r#"#[derive(Policy)] #[policy(table = "auditions", no_tenant, permit(select, delete, to = App, using(open)))] struct T { id: i64, open: bool }"#,
    ),
    // Only who crosses tenants writes the shared rows.
    (
        "H0939",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, tenant(tenant_id = ctx.tenant_id, shared(all)), permit(select, to = App),
             permit(select, update(text), to = Worker, across_tenants = "keeps the templates"))]
           struct T { id: i64, tenant_id: Option<Uuid>, text: String }"#,
    ),
    // Within a tenant the caller is trusted with its tenant already.
    (
        "H0941",
        r#"#[derive(Context)] #[context(prefix = "app")] struct Request { tenant_id: Uuid, level: String }
           #[derive(Policy)] #[policy(table = "t", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App),
             permit(select, delete, to = Editor, using(ctx.level = "admin")))]
           struct T { id: i64, tenant_id: Uuid }"#,
    ),
    (
        "H0943",
        r#"#[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = App, using(path LIKE "open/%")))] struct T { id: i64, path: String }"#,
    ),
    (
        "H0945",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = App, using(owner IS NOT DISTINCT FROM ctx.user_id)))]
           struct T { id: i64, owner: Uuid }"#,
    ),
    // Everyone reads, the owner does all: nothing of the second permit is idle but its `select`.
    (
        "H0947",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = App, using(true)),
             permit(select, update, delete, to = App, using(owner = ctx.user_id), name = "own"))]
           struct T { id: i64, owner: Uuid }"#,
    ),
    (
        "H0949",
        r#"#[derive(Role)] #[role(name = "readers")] struct Readers;
           #[derive(Role)] #[role(name = "web", login, member_of(Readers))] struct Web;
           #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = Readers, using(true)))] struct T { id: i64 }"#,
    ),
    (
        "H0951",
        r#"#[functions(schema = "public", language = "sql", grant(execute, to = App))]
           trait Text { #[function(volatility = immutable, body = "SELECT trim(both from $1) IS DISTINCT FROM 'now()'")] fn f(t: String) -> bool; }"#,
    ),
    (
        "H0954",
        r#"#[derive(Role)] #[role(name = "readers")] struct Readers;
           #[derive(Role)] #[role(name = "web", login, member_of(Readers))] struct Web;
           #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select(id), to = Web, using(true)), grant(select(id), to = Readers))]
           struct T { id: i64 }"#,
    ),
    (
        "H0956",
        r#"#[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, update(seen), to = App, using(true)))] struct T { id: i64, seen: bool }"#,
    ),
    (
        "H0961",
        r#"#[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = App, using(day > now() - interval "1 day")))]
           struct T { id: i64, day: DateTime<Utc> }"#,
    ),
    // New rows are few.
    (
        "H0962",
        r#"#[derive(Context)] #[context(prefix = "app")] struct Request { owner: String }
           #[derive(Policy)] #[policy(table = "t", context = Request, no_tenant, permit(select, to = App, using(open)),
             permit(insert, to = App, using(owner::text = ctx.owner)))]
           struct T { id: i64, owner: Uuid, open: bool }"#,
    ),
    // Asked once for a statement.
    (
        "H0964",
        r#"#[functions(schema = "public", language = "sql", grant(execute, to = App))]
           trait Access { #[function(volatility = stable, body = "SELECT 7::bigint")] fn team() -> i64; }
           #[derive(Policy)] #[policy(table = "t", no_tenant, permit(select, to = App, using(team_id = Access.team())))]
           struct T { id: i64, team_id: i64 }"#,
    ),
    (
        "H0966",
        r#"#[derive(Policy)] #[policy(table = "p", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App))]
           struct P { id: i64, tenant_id: Uuid }
           #[derive(Policy)] #[policy(table = "t", tenant(through(p_id = P.id)), permit(select, to = App))] struct T { id: i64, p_id: i64 }"#,
    ),
    (
        "H0968",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, to = App, using(owner <> ctx.user_id)))]
           struct T { id: i64, tenant_id: Uuid, owner: Uuid }"#,
    ),
    (
        "H0969",
        r#"#[derive(Policy)] #[policy(table = "t", context = Request, no_tenant,
             permit(select, to = App, using(open OR owner = ctx.user_id OR team_id IN (SELECT m.team_id FROM Member m WHERE m.user_id = ctx.user_id))))]
           struct T { id: i64, owner: Uuid, team_id: Uuid, open: bool }"#,
    ),
];
