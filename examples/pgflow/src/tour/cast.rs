//! Three people, four flows, and who may start which.

use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::Error;

/// Somebody with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// For reports.
    pub name: &'static str,
    /// `sub` of the token.
    pub id: Uuid,
    /// `app_metadata.role` of the token.
    pub app_role: Option<&'static str>,
    /// The one flow that is granted.
    pub flow: &'static str,
}

/// May start `import` herself.
pub const ALICE: Person =
    Person { name: "alice", id: Uuid::from_u128(0xaaaa_aaaa_aaaa_4aaa_8aaa_aaaa_aaaa_aaaa), app_role: None, flow: "import" };
/// May start `report` as a member of a team.
pub const BOB: Person =
    Person { name: "bob", id: Uuid::from_u128(0xbbbb_bbbb_bbbb_4bbb_8bbb_bbbb_bbbb_bbbb), app_role: None, flow: "report" };
/// May start `publish` as an editor.
pub const CAROL: Person =
    Person { name: "carol", id: Uuid::from_u128(0xcccc_cccc_cccc_4ccc_8ccc_cccc_cccc_cccc), app_role: Some("editor"), flow: "publish" };
/// All of them.
pub const PEOPLE: [Person; 3] = [ALICE, BOB, CAROL];

/// Every flow; the last one is granted to nobody.
pub const FLOWS: [&str; 4] = ["import", "report", "publish", "payroll"];

/// The tables of pgflow itself.
pub const TABLES: [&str; 8] = [
    "pgflow.flows",
    "pgflow.steps",
    "pgflow.deps",
    "pgflow.runs",
    "pgflow.step_states",
    "pgflow.step_tasks",
    "pgflow.workers",
    "pgflow.worker_functions",
];

impl Person {
    /// The claims of the token, as PostgREST hands them over.
    #[must_use]
    pub fn claims(self) -> String {
        let role = self.app_role.map(|role| format!(r#","app_metadata":{{"role":"{role}"}}"#)).unwrap_or_default();
        format!(r#"{{"sub":"{}","role":"authenticated"{role}}}"#, self.id)
    }
}

/// The flows, three steps in a row each.
///
/// # Errors
/// If the server refuses.
pub async fn fill(admin: &mut PgConnection) -> Result<(), Error> {
    for flow in FLOWS {
        let sql = format!(
            "INSERT INTO pgflow.flows (flow_slug) VALUES ('{flow}');
            INSERT INTO pgflow.steps (flow_slug, step_slug, step_index) VALUES ('{flow}', 'fetch', 0), ('{flow}', 'parse', 1), ('{flow}', 'save', 2);
            INSERT INTO pgflow.deps (flow_slug, dep_slug, step_slug) VALUES ('{flow}', 'fetch', 'parse'), ('{flow}', 'parse', 'save');"
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *admin).await?;
    }
    sqlx::raw_sql(
        "INSERT INTO pgflow.workers (worker_id, queue_name, function_name) VALUES (gen_random_uuid(), 'import', 'import');
        INSERT INTO pgflow.worker_functions (function_name) VALUES ('import');",
    )
    .execute(admin)
    .await?;
    Ok(())
}

/// Who may start which: by name, by team, by role.
///
/// # Errors
/// If the server refuses.
pub async fn fill_access(admin: &mut PgConnection) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO pgflow.teams (team_id, name) VALUES ('77777777-7777-4777-8777-777777777777', 'reporting'),
            ('88888888-8888-4888-8888-888888888888', 'payroll');
        INSERT INTO pgflow.team_members (team_id, user_id) VALUES ('77777777-7777-4777-8777-777777777777', '{}');
        INSERT INTO pgflow.flow_grants (flow_slug, user_id) VALUES ('import', '{}');
        INSERT INTO pgflow.flow_grants (flow_slug, team_id) VALUES ('report', '77777777-7777-4777-8777-777777777777'),
            ('payroll', '88888888-8888-4888-8888-888888888888');
        INSERT INTO pgflow.flow_grants (flow_slug, app_role) VALUES ('publish', 'editor');",
        BOB.id, ALICE.id
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await?;
    Ok(())
}
