//! Markers for SQL types, so that rustc can say whether two of them compare.
//!
//! The families are those of `check::comparable`; `tests` below hold the two together.

use std::marker::PhantomData;

/// Whether values of two types compare in PostgreSQL without a cast.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not compare with `{B}` in PostgreSQL [H0303]",
    label = "another SQL type than the column it is compared with",
    note = "compare values of one type: change the field's Rust type, or cast one side in the predicate"
)]
pub trait Compares<B> {}

/// A type whose values can be searched with `= ANY(..)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an array in PostgreSQL [H0303]",
    label = "`ANY` takes an array",
    note = "declare the field as a `Vec`"
)]
pub trait Elements {
    /// The type of its elements.
    type Element;
}

/// A Rust type that only the build edge can resolve: comparable with itself.
#[derive(Debug)]
pub struct Opaque<T>(pub PhantomData<fn() -> T>);

/// An array.
#[derive(Debug)]
pub struct Array<T>(pub PhantomData<fn() -> T>);

/// A type of the database that rustc cannot judge: compared at the build edge.
#[derive(Debug)]
pub struct Unchecked;

#[diagnostic::do_not_recommend]
impl<T> Compares<Opaque<T>> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T> Compares<Unchecked> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T> Compares<Array<T>> for Array<T> {}
#[diagnostic::do_not_recommend]
impl<T> Compares<Unchecked> for Array<T> {}
#[diagnostic::do_not_recommend]
impl<T> Compares<T> for Unchecked {}

#[diagnostic::do_not_recommend]
impl<T> Elements for Array<T> {
    type Element = T;
}

#[diagnostic::do_not_recommend]
impl Elements for Unchecked {
    type Element = Unchecked;
}

macro_rules! families {
    ($([$($marker:ident $name:literal),* $(,)?])*) => {
        $($(
            #[doc = concat!("`", $name, "`")]
            #[derive(Clone, Copy, Debug)]
            pub struct $marker;
            #[diagnostic::do_not_recommend]
            impl Compares<Unchecked> for $marker {}
        )*
        families!(@pairs [$($marker)*] [$($marker)*]);)*

        /// Marker and SQL name of every type.
        pub const MARKERS: &[(&str, &str)] = &[$($((stringify!($marker), $name)),*),*];
    };
    (@pairs [$($a:ident)*] $all:tt) => { $(families!(@row $a $all);)* };
    (@row $a:ident [$($b:ident)*]) => { $(#[diagnostic::do_not_recommend] impl Compares<$b> for $a {})* };
}

families! {
    [SqlSmallint "smallint", SqlInteger "integer", SqlBigint "bigint", SqlNumeric "numeric", SqlReal "real", SqlDouble "double precision"]
    [SqlText "text", SqlVarchar "character varying", SqlCharacter "character", SqlBpchar "bpchar", SqlName "name"]
    [SqlDate "date", SqlTimestamp "timestamp", SqlTimestamptz "timestamptz"]
    [SqlInet "inet", SqlCidr "cidr"]
    [SqlBoolean "boolean"]
    [SqlBit "bit", SqlVarbit "bit varying"]
    [SqlBytea "bytea"]
    [SqlUuid "uuid"]
    [SqlTime "time"]
    [SqlTimetz "timetz"]
    [SqlInterval "interval"]
    [SqlJson "json"]
    [SqlJsonb "jsonb"]
    [SqlMacaddr "macaddr"]
    [SqlMacaddr8 "macaddr8"]
    [SqlMoney "money"]
    [SqlOid "oid"]
    [SqlInt4range "int4range"]
    [SqlInt8range "int8range"]
    [SqlNumrange "numrange"]
    [SqlDaterange "daterange"]
    [SqlTsrange "tsrange"]
    [SqlTstzrange "tstzrange"]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::comparable;
    use crate::model::SqlType;

    fn compares<A: Compares<B>, B>(_: A, _: B) -> bool {
        true
    }

    #[test]
    fn rustc_and_the_build_edge_have_the_same_families() {
        let agree = |a: &str, b: &str| SqlType::builtin(a).zip(SqlType::builtin(b)).is_some_and(|(a, b)| comparable(&a, &b));
        assert!(compares(SqlInteger, SqlNumeric) && agree("integer", "numeric"));
        assert!(compares(SqlText, SqlVarchar) && agree("text", "character varying"));
        assert!(compares(SqlDate, SqlTimestamptz) && agree("date", "timestamptz"));
        assert!(compares(SqlBit, SqlVarbit) && agree("bit", "bit varying"));
        assert!(!agree("uuid", "text") && !agree("boolean", "integer") && !agree("time", "date"));
        assert!(MARKERS.iter().all(|(_, name)| SqlType::builtin(name).is_some()));
    }
}
