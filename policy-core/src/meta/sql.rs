//! Markers for SQL types, so that rustc can say whether two of them compare, and whether one can be passed for the other.
//!
//! What is written here is what `typing` finds in the catalogs; the tests below hold the two together, pair by pair.

use std::marker::PhantomData;

/// Whether values of two types compare in PostgreSQL without a cast.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not compare with `{B}` in PostgreSQL [H0303]",
    label = "another SQL type than the column it is compared with",
    note = "compare values of one type: change the field's Rust type, or cast one side in the predicate"
)]
pub trait Compares<B> {}

/// Whether a value of one type can be passed where another is wanted, without a cast.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be passed for `{B}` in PostgreSQL [H0224]",
    label = "another SQL type than the function takes",
    note = "pass a value of the type that the function takes, or cast it: `value::type`"
)]
pub trait Passes<B> {}

/// Whether a field of one type can be read from a column of another.
#[diagnostic::on_unimplemented(
    message = "a field of `{B}` cannot be read from `{Self}` [H0303]",
    label = "another SQL type than the field has",
    note = "change the field's Rust type, or cast the column in the query"
)]
pub trait Reads<B> {}

#[diagnostic::do_not_recommend]
impl<A: Compares<B>, B> Reads<B> for A {}
#[diagnostic::do_not_recommend]
impl Reads<SqlJson> for SqlJson {}

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
impl<T> Passes<Opaque<T>> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T> Passes<Unchecked> for Opaque<T> {}
#[diagnostic::do_not_recommend]
impl<T: Passes<U>, U> Passes<Array<U>> for Array<T> {}
#[diagnostic::do_not_recommend]
impl<T> Passes<Unchecked> for Array<T> {}
#[diagnostic::do_not_recommend]
impl<T> Passes<T> for Unchecked {}

#[diagnostic::do_not_recommend]
impl<T> Elements for Array<T> {
    type Element = T;
}

#[diagnostic::do_not_recommend]
impl Elements for Unchecked {
    type Element = Unchecked;
}

macro_rules! types {
    ($($marker:ident $name:literal compares [$($compares:ident)*] passes [$($passes:ident)*])*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            #[derive(Clone, Copy, Debug)]
            pub struct $marker;
            #[diagnostic::do_not_recommend]
            impl Compares<Unchecked> for $marker {}
            #[diagnostic::do_not_recommend]
            impl Passes<Unchecked> for $marker {}
            $(#[diagnostic::do_not_recommend] impl Compares<$compares> for $marker {})*
            $(#[diagnostic::do_not_recommend] impl Passes<$passes> for $marker {})*
        )*

        /// Marker and SQL name of every type.
        pub const MARKERS: &[(&str, &str)] = &[$((stringify!($marker), $name)),*];

        /// For each type the markers that it compares with, and those that it passes for.
        #[cfg(test)]
        const PAIRS: &[(&str, &[&str], &[&str])] =
            &[$((stringify!($marker), &[$(stringify!($compares)),*], &[$(stringify!($passes)),*])),*];
    };
}

types! {
    SqlSmallint "smallint" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble SqlOid] passes [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble SqlOid]
    SqlInteger "integer" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble SqlOid] passes [SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble SqlOid]
    SqlBigint "bigint" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble SqlOid] passes [SqlBigint SqlNumeric SqlReal SqlDouble SqlOid]
    SqlNumeric "numeric" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble] passes [SqlNumeric SqlReal SqlDouble]
    SqlReal "real" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble] passes [SqlReal SqlDouble]
    SqlDouble "double precision" compares [SqlSmallint SqlInteger SqlBigint SqlNumeric SqlReal SqlDouble] passes [SqlDouble]
    SqlText "text" compares [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName] passes [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName]
    SqlVarchar "character varying" compares [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName] passes [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName]
    SqlCharacter "character" compares [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName] passes [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName]
    SqlBpchar "bpchar" compares [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName] passes [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName]
    SqlName "name" compares [SqlText SqlVarchar SqlCharacter SqlBpchar SqlName] passes [SqlText SqlName]
    SqlDate "date" compares [SqlDate SqlTimestamp SqlTimestamptz] passes [SqlDate SqlTimestamp SqlTimestamptz]
    SqlTimestamp "timestamp" compares [SqlDate SqlTimestamp SqlTimestamptz] passes [SqlTimestamp SqlTimestamptz]
    SqlTimestamptz "timestamptz" compares [SqlDate SqlTimestamp SqlTimestamptz] passes [SqlTimestamptz]
    SqlInet "inet" compares [SqlInet SqlCidr] passes [SqlInet]
    SqlCidr "cidr" compares [SqlInet SqlCidr] passes [SqlInet SqlCidr]
    SqlBit "bit" compares [SqlBit SqlVarbit] passes [SqlBit SqlVarbit]
    SqlVarbit "bit varying" compares [SqlBit SqlVarbit] passes [SqlBit SqlVarbit]
    SqlTime "time" compares [SqlTime SqlTimetz SqlInterval] passes [SqlTime SqlTimetz SqlInterval]
    SqlTimetz "timetz" compares [SqlTime SqlTimetz] passes [SqlTimetz]
    SqlInterval "interval" compares [SqlTime SqlInterval] passes [SqlInterval]
    SqlJson "json" compares [] passes [SqlJson]
    SqlMacaddr "macaddr" compares [SqlMacaddr] passes [SqlMacaddr SqlMacaddr8]
    SqlMacaddr8 "macaddr8" compares [SqlMacaddr8] passes [SqlMacaddr SqlMacaddr8]
    SqlOid "oid" compares [SqlSmallint SqlInteger SqlBigint SqlOid] passes [SqlOid]
    SqlBoolean "boolean" compares [SqlBoolean] passes [SqlBoolean]
    SqlBytea "bytea" compares [SqlBytea] passes [SqlBytea]
    SqlUuid "uuid" compares [SqlUuid] passes [SqlUuid]
    SqlJsonb "jsonb" compares [SqlJsonb] passes [SqlJsonb]
    SqlMoney "money" compares [SqlMoney] passes [SqlMoney]
    SqlInt4range "int4range" compares [SqlInt4range] passes [SqlInt4range]
    SqlInt8range "int8range" compares [SqlInt8range] passes [SqlInt8range]
    SqlNumrange "numrange" compares [SqlNumrange] passes [SqlNumrange]
    SqlDaterange "daterange" compares [SqlDaterange] passes [SqlDaterange]
    SqlTsrange "tsrange" compares [SqlTsrange] passes [SqlTsrange]
    SqlTstzrange "tstzrange" compares [SqlTstzrange] passes [SqlTstzrange]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is a failed test")]
mod tests {
    use super::*;
    use crate::model::SqlType;
    use crate::typing::{Context, NEWEST, OLDEST, World, can_coerce};

    #[test]
    fn rustc_says_of_every_pair_what_postgresql_says() {
        for major in OLDEST..=NEWEST {
            let world = World::new(major);
            let kind = |name: &str| world.find(&SqlType::builtin(name).unwrap()).unwrap();
            for ((_, compares, passes), (_, a)) in PAIRS.iter().zip(MARKERS) {
                for (marker, b) in MARKERS {
                    assert_eq!(compares.contains(marker), world.compares(kind(a), kind(b)), "{a} = {b}");
                    assert_eq!(passes.contains(marker), can_coerce(&world, &[kind(a)], &[kind(b)], Context::Implicit), "{a} for {b}");
                }
            }
        }
    }
}
