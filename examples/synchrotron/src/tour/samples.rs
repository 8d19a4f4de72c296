//! Four users of two tenants, and what they do.

use sqlx::postgres::PgPool;
use sqlx::{Connection, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::Error;

/// A user of a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// The setting `synchrotron.tenant_id`.
    pub tenant: Uuid,
    /// The setting `synchrotron.user_id`.
    pub name: &'static str,
}

/// The first tenant.
pub const NORTH: Uuid = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);
/// The second one.
pub const SOUTH: Uuid = Uuid::from_u128(0x2222_2222_2222_4222_8222_2222_2222_2222);
/// Shares a to-do with Ben.
pub const ANN: User = User { tenant: NORTH, name: "ann" };
/// Of the same tenant.
pub const BEN: User = User { tenant: NORTH, name: "ben" };
/// Of the same tenant, and nothing is shared with her.
pub const DIA: User = User { tenant: NORTH, name: "dia" };
/// Of the other tenant.
pub const CIM: User = User { tenant: SOUTH, name: "cim" };
/// Of the other tenant, and called like one of the first.
pub const ANN_OF_SOUTH: User = User { tenant: SOUTH, name: "ann" };

/// Ann's to-do, which she shares with Ben.
pub const ANNS_TODO: &str = "aaaaaaaa-0000-4000-8000-000000000001";
/// Ben's.
pub const BENS_TODO: &str = "bbbbbbbb-0000-4000-8000-000000000001";
/// Cim's.
pub const CIMS_TODO: &str = "cccccccc-0000-4000-8000-000000000001";

/// What a client sends: an action, and what it did to a row.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// Who.
    pub user: User,
    /// The action: several patches may be of one.
    pub action: u128,
    /// Which row, and what with it.
    pub change: Change,
}

/// A patch.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The table, as the log names it.
    pub table: &'static str,
    /// The key, as text.
    pub row: &'static str,
    /// `insert`, `update` or `delete`.
    pub operation: &'static str,
    /// The columns, as JSON.
    pub forward: &'static str,
}

/// A patch in one line.
#[must_use]
pub const fn change(table: &'static str, row: &'static str, operation: &'static str, forward: &'static str) -> Change {
    Change { table, row, operation, forward }
}

/// A day: each user works on own rows.
pub const DAY: &[Sent] = &[
    Sent { user: ANN, action: 0xa1, change: change("todos", ANNS_TODO, "insert", r#"{"title": "milk"}"#) },
    Sent { user: ANN, action: 0xa1, change: change("notes", "anns-note", "insert", r#"{"body": "private"}"#) },
    Sent { user: ANN, action: 0xa2, change: change("todos", ANNS_TODO, "update", r#"{"title": "oat milk", "done": true}"#) },
    Sent { user: BEN, action: 0xb1, change: change("todos", BENS_TODO, "insert", r#"{"title": "bread"}"#) },
    Sent { user: CIM, action: 0xc1, change: change("todos", CIMS_TODO, "insert", r#"{"title": "fish"}"#) },
    Sent { user: CIM, action: 0xc1, change: change("notes", "cims-note", "insert", r#"{"body": "also private"}"#) },
];

/// Opens a transaction for a user: role and settings in one statement, and they end with it.
///
/// # Errors
/// If the server refuses.
pub async fn request<'a>(conn: &'a mut PgConnection, role: &str, user: Option<User>) -> Result<Transaction<'a, Postgres>, Error> {
    let mut tx = conn.begin().await?;
    sqlx::query(
        "SELECT set_config('role', $1, true), set_config('synchrotron.tenant_id', $2, true), set_config('synchrotron.user_id', $3, true)",
    )
    .bind(role)
    .bind(user.map(|user| user.tenant.to_string()).unwrap_or_default())
    .bind(user.map(|user| user.name).unwrap_or_default())
    .execute(&mut *tx)
    .await?;
    Ok(tx)
}

/// An action of whoever the transaction is for, unless it is there.
///
/// # Errors
/// If the server refuses.
pub async fn act(conn: &mut PgConnection, action: u128, args: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO synchrotron.action_records (id, client_id, tag, args, clock_time_ms)
         VALUES ($1, 'laptop', 'edit', $2::jsonb, 1) ON CONFLICT DO NOTHING",
    )
    .bind(Uuid::from_u128(action))
    .bind(args)
    .execute(conn)
    .await?;
    Ok(())
}

/// A patch of whoever the transaction is for.
///
/// # Errors
/// If the server refuses.
pub async fn patch(conn: &mut PgConnection, action: u128, change: Change) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT synchrotron.apply_patch($1, $2, $3, $4, $5::jsonb, '{}')")
        .bind(Uuid::from_u128(action))
        .bind(change.table)
        .bind(change.row)
        .bind(change.operation)
        .bind(change.forward)
        .execute(conn)
        .await?;
    Ok(())
}

/// The day, each patch in a transaction of its user; then Ann shares her to-do with Ben.
///
/// # Errors
/// If the server refuses.
pub async fn fill(server: &PgPool) -> Result<(), Error> {
    let mut conn = server.acquire().await?;
    for sent in DAY {
        let mut tx = request(&mut conn, super::APP, Some(sent.user)).await?;
        act(&mut tx, sent.action, &format!(r#"{{"typed by": "{}"}}"#, sent.user.name)).await?;
        patch(&mut tx, sent.action, sent.change).await?;
        tx.commit().await?;
    }
    let mut tx = request(&mut conn, super::APP, Some(ANN)).await?;
    sqlx::query("INSERT INTO todo_shares (todo_id, user_id) VALUES ($1::uuid, 'ben')").bind(ANNS_TODO).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}
