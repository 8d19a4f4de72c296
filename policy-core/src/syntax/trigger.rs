//! `trigger(..)` of a table.
