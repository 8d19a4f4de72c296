//! `log(..)` of a table.
