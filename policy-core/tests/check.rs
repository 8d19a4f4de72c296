//! Every code of the checks: a case that fails with it, at its place, and a near miss that passes.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "check/build.rs"]
mod build;
#[path = "check/contexts.rs"]
mod contexts;
#[path = "check/links.rs"]
mod links;
#[path = "check/logs.rs"]
mod logs;
#[path = "check/nulls.rs"]
mod nulls;
#[path = "check/privileges.rs"]
mod privileges;
#[path = "check/reading.rs"]
mod reading;
#[path = "check/roles.rs"]
mod roles;
#[path = "check/rules.rs"]
mod rules;
#[path = "check/sets.rs"]
mod sets;
#[path = "check/triggers.rs"]
mod triggers;
#[path = "check/views.rs"]
mod views;
#[path = "check/writing.rs"]
mod writing;
