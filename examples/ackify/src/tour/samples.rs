//! One row for each table: the tenant is `$1`, a text that makes it unique `$2`.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Error;

/// The first tenant.
pub const NORTH: Uuid = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);
/// The second one.
pub const SOUTH: Uuid = Uuid::from_u128(0x2222_2222_2222_4222_8222_2222_2222_2222);

/// Who works for each of them.
pub const ADMIN: &str = "admin@example.org";

/// Table and INSERT, parents first.
pub const SAMPLES: &[(&str, &str)] = &[
    ("documents", "INSERT INTO documents (tenant_id, doc_id, created_by) VALUES ($1, $2, 'admin@example.org')"),
    (
        "signatures",
        "INSERT INTO signatures (tenant_id, doc_id, user_sub, user_email, payload_hash, signature, nonce)
         VALUES ($1, 'handbook', $2, 'reader@example.org', 'h', 's', 'n')",
    ),
    ("expected_signers", "INSERT INTO expected_signers (tenant_id, doc_id, email) VALUES ($1, 'handbook', $2)"),
    (
        "checksum_verifications",
        "INSERT INTO checksum_verifications (tenant_id, doc_id, verified_by, stored_checksum, calculated_checksum, is_valid)
         VALUES ($1, 'handbook', $2, 'c', 'c', true)",
    ),
    (
        "webhooks",
        "INSERT INTO webhooks (tenant_id, target_url, secret, events, created_by) VALUES ($1, $2, 's', '{signature.created}', 'admin')",
    ),
    (
        "webhook_deliveries",
        "INSERT INTO webhook_deliveries (tenant_id, webhook_id, event_type, event_id, payload)
         VALUES ($1, coalesce((SELECT min(id) FROM webhooks WHERE tenant_id = $1), 0), $2, gen_random_uuid(), '{}')",
    ),
    (
        "reminder_logs",
        "INSERT INTO reminder_logs (tenant_id, doc_id, recipient_email, sent_by, template_used, status)
         VALUES ($1, 'handbook', $2, 'admin', 'reminder', 'sent')",
    ),
    (
        "email_queue",
        "INSERT INTO email_queue (tenant_id, to_addresses, subject, template) VALUES ($1, '{reader@example.org}', $2, 'reminder')",
    ),
    (
        "oauth_sessions",
        "INSERT INTO oauth_sessions (tenant_id, session_id, user_sub, refresh_token_encrypted) VALUES ($1, $2, 'sub', '\\x00')",
    ),
    (
        "magic_link_tokens",
        "INSERT INTO magic_link_tokens (tenant_id, token, email, expires_at) VALUES ($1, $2, 'reader@example.org', now())",
    ),
    (
        "magic_link_auth_attempts",
        "INSERT INTO magic_link_auth_attempts (tenant_id, email, success, ip_address) VALUES ($1, $2, true, '192.0.2.1')",
    ),
];

/// Inserts the sample of one table.
pub(super) async fn insert(conn: &mut PgConnection, sql: &'static str, tenant: Option<Uuid>, unique: &str) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query(sql).bind(tenant).bind(unique).execute(conn).await?.rows_affected())
}

/// One row in each table for one tenant, in the order of a day: the document first.
pub(super) async fn fill(conn: &mut PgConnection, tenant: Uuid) -> Result<(), Error> {
    for (table, sql) in SAMPLES {
        let unique = if *table == "documents" { "handbook".to_owned() } else { format!("{table} of {tenant}") };
        insert(conn, sql, Some(tenant), &unique).await?;
    }
    Ok(())
}
