//! The triggers of a table.
//!
//! In: a linked table. Out: `CREATE OR REPLACE TRIGGER` for each. Must not know what the functions do. Source: PostgreSQL
//! documentation, CREATE TRIGGER.
