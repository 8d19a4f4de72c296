//! Every feature of the language on real servers: the default one, and the oldest and newest major beside it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    clippy::duplicated_attributes,
    dead_code,
    reason = "a test stops at the first surprise, and its structs are only declared"
)]

#[path = "live/attack.rs"]
mod attack;
#[path = "live/attribution.rs"]
mod attribution;
#[path = "live/audits.rs"]
mod audits;
#[path = "live/claims.rs"]
mod claims;
#[path = "live/functions.rs"]
mod functions;
#[path = "live/logs.rs"]
mod logs;
#[path = "live/membership_forms.rs"]
mod membership_forms;
#[path = "live/membership_functions.rs"]
mod membership_functions;
#[path = "live/memberships.rs"]
mod memberships;
#[path = "live/names.rs"]
mod names;
#[path = "live/partitions.rs"]
mod partitions;
#[path = "live/passwords.rs"]
mod passwords;
#[path = "live/presets.rs"]
mod presets;
#[path = "live/privileges.rs"]
mod privileges;
#[path = "live/reach.rs"]
mod reach;
#[path = "live/roles.rs"]
mod roles;
#[path = "live/schemas.rs"]
mod schemas;
#[path = "live/support.rs"]
mod support;
#[path = "live/tenants.rs"]
mod tenants;
#[path = "live/triggers.rs"]
mod triggers;
#[path = "live/values.rs"]
mod values;
#[path = "live/views.rs"]
mod views;
#[path = "live/world.rs"]
mod world;
