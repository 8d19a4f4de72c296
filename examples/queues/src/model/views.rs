//! The views of `api`: rows of `comms` that PostgREST shows, read as a role of their own.

use chrono::{DateTime, Utc};
use hedgerow::presets::postgrest::{Anon, Authenticated};
use hedgerow::{Role, View};

use super::{Email, Notice};

/// Owns the views: they show what it may read.
#[derive(Role)]
#[role(name = "api_reader")]
pub struct ApiReader;

/// The caller's own mails, without their text.
#[derive(Debug, View, sqlx::FromRow)]
#[view(
    name = "api.my_emails", definer = ApiReader, grant(select, to = Authenticated),
    query(SELECT e.email_id, e.recipient, e.subject, e.status, e.created_at FROM Email e),
)]
pub struct MyEmail {
    pub email_id: i64,
    pub recipient: String,
    pub subject: String,
    pub status: String,
    pub created_at: DateTime<Utc>,
}

/// Published notices.
#[derive(Debug, View, sqlx::FromRow)]
#[view(
    name = "api.public_notices", definer = ApiReader, grant(select, to = [Anon, Authenticated]),
    query(SELECT n.notice_id, n.title FROM Notice n),
)]
pub struct PublicNotice {
    pub notice_id: i64,
    pub title: String,
}
