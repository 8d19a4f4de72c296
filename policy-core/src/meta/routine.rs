//! Markers for declared functions, so that rustc can say whether a call of one fits.
//!
//! The families are those of `sql`; the build edge says the same in `check::routines`.

use std::marker::PhantomData;

use super::sql::{Compares, Passes, Unchecked};

/// A function: the markers of its arguments, as a tuple, and of what it returns.
#[derive(Debug)]
pub struct Function<A, R> {
    /// Its arguments.
    pub takes: PhantomData<fn() -> A>,
    /// What it returns.
    pub returns: R,
}

/// What returns `void`.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// What returns `trigger`.
#[derive(Clone, Copy, Debug)]
pub struct Trigger;

/// What returns rows.
#[derive(Clone, Copy, Debug)]
pub struct Rows;

/// Whether some values can be passed for some arguments.
#[diagnostic::on_unimplemented(
    message = "a function that takes `{A}` is called with `{Self}` [H0224]",
    label = "wrong number of arguments, or an argument of another type",
    note = "pass as many values as it has arguments, of types that compare with theirs; or cast a value: `value::type`"
)]
pub trait Fits<A> {}

/// What a function returns, if that is one value.
#[diagnostic::on_unimplemented(
    message = "this function gives no single value, so a predicate cannot use it [H0224]",
    label = "`{Self}` instead of a value",
    note = "call a function that returns one value"
)]
pub trait Value {}

#[diagnostic::do_not_recommend]
impl<T: Compares<Unchecked>> Value for T {}

/// Whether values fit a function that returns one.
pub const fn call<A, R: Value, V: Fits<A>>(_: &Function<A, R>, _: &V) {}

/// Whether what a function without arguments returns compares with a context field.
pub const fn read<A, R, F>(_: &Function<A, R>, _: &F)
where
    (): Fits<A>,
    R: Value + Compares<F>,
{
}

macro_rules! arguments {
    ($(($($value:ident $argument:ident),*))*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($value: Passes<$argument>, $argument),*> Fits<($($argument,)*)> for ($($value,)*) {}
    )*};
}

arguments! {
    ()
    (V1 A1)
    (V1 A1, V2 A2)
    (V1 A1, V2 A2, V3 A3)
    (V1 A1, V2 A2, V3 A3, V4 A4)
    (V1 A1, V2 A2, V3 A3, V4 A4, V5 A5)
    (V1 A1, V2 A2, V3 A3, V4 A4, V5 A5, V6 A6)
    (V1 A1, V2 A2, V3 A3, V4 A4, V5 A5, V6 A6, V7 A7)
    (V1 A1, V2 A2, V3 A3, V4 A4, V5 A5, V6 A6, V7 A7, V8 A8)
}
