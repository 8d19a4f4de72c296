//! Types of SQL. In: names of PostgreSQL's types and what was written for them. Out: what a server does with it. Must not know:
//! where the text stands.

pub mod literal;
