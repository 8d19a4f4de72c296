//! What a deployment does beside its migrations: passwords of declared roles.
//!
//! In: a checked set, a connection, the environment. Out: `ALTER ROLE .. PASSWORD` with a SCRAM verifier, never the
//! password. Knows neither source files nor the front end.

use std::fmt;

use sqlx::{AssertSqlSafe, Executor, Postgres};

use crate::check::Checked;
use crate::model::Role;
use crate::render;

/// A role whose password was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordSet {
    /// The role's database name.
    pub role: String,
    /// The variable that held its password.
    pub variable: String,
}

/// Why passwords could not be set. Nothing of a password is in it.
#[derive(Debug)]
#[non_exhaustive]
pub enum PasswordError {
    /// A variable is unset or empty; no role was altered.
    Missing {
        /// The role.
        role: String,
        /// Its variable.
        variable: String,
    },
    /// PostgreSQL refused: the role does not exist yet, or the connection may not alter it.
    Sql {
        /// The role.
        role: String,
        /// What PostgreSQL said.
        source: sqlx::Error,
    },
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PasswordError::Missing { role, variable } => {
                write!(f, "the password of `{role}` is read from `{variable}`, which is not set")
            }
            PasswordError::Sql { role, source } => write!(f, "the password of `{role}` was not set: {source}"),
        }
    }
}

impl std::error::Error for PasswordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            PasswordError::Missing { .. } => None,
            PasswordError::Sql { source, .. } => Some(source),
        }
    }
}

/// Sets the password of every role that declares `password_env`, from the variables of this process.
///
/// Run it after the migrations, as a role that may alter them. The server gets a SCRAM-SHA-256 verifier
/// (RFC 5803, PostgreSQL documentation 21.5), so that neither the wire nor a log sees the password.
///
/// # Errors
/// If a variable is missing (then no role is altered), or PostgreSQL refuses.
pub async fn set_passwords<'c, E>(set: &Checked, executor: E) -> Result<Vec<PasswordSet>, PasswordError>
where
    E: Executor<'c, Database = Postgres> + Copy,
{
    set_passwords_from(set, executor, |variable| std::env::var(variable).ok()).await
}

/// The same with a source of passwords other than the environment, such as a secret store.
///
/// # Errors
/// As for [`set_passwords`].
pub async fn set_passwords_from<'c, E>(
    set: &Checked,
    executor: E,
    password: impl Fn(&str) -> Option<String>,
) -> Result<Vec<PasswordSet>, PasswordError>
where
    E: Executor<'c, Database = Postgres> + Copy,
{
    let mut statements = Vec::new();
    for (role, variable) in set.set().roles().filter(|role| !role.external).filter_map(wanted) {
        let missing = || PasswordError::Missing { role: role.name.as_str().to_owned(), variable: variable.to_owned() };
        let password = password(variable).filter(|text| !text.is_empty()).ok_or_else(missing)?;
        let verifier = postgres_protocol::password::scram_sha_256(password.as_bytes());
        statements.push((role, variable, render::password(&role.name, &verifier)));
    }
    let mut done = Vec::new();
    for (role, variable, statement) in statements {
        let name = role.name.as_str().to_owned();
        // Written by the renderer from a validated name and a verifier without quotes.
        executor.execute(AssertSqlSafe(statement)).await.map_err(|source| PasswordError::Sql { role: name.clone(), source })?;
        done.push(PasswordSet { role: name, variable: variable.to_owned() });
    }
    Ok(done)
}

fn wanted(role: &Role) -> Option<(&Role, &str)> {
    role.password_env.as_deref().map(|variable| (role, variable))
}
