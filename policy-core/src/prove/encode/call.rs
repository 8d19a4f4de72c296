//! Calls of functions: PostgreSQL's own, declared ones, and what SQL writes as a word.
//!
//! In: a name and values. Out: a value. Must not know what a function does, but for the time of the statement.

use super::super::space::Ref;
use super::Encoder;
use super::canon::called;
use super::scope::Scope;
use super::value::{Applied, Habit, LOOSE, Place, STRICT, SURE, TOTAL, Val};
use crate::model::{Expr, Kind, Routine, Volatility};
use crate::typing::TypeId;
use crate::typing::catalog::Catalog;
use crate::typing::meaning::{self, CallMeant, Meant};

/// Strict functions that give NULL for NULL alone.
const NEVER_NULL: &[&str] = &[
    "abs",
    "ascii",
    "btrim",
    "cardinality",
    "ceil",
    "ceiling",
    "char_length",
    "character_length",
    "chr",
    "date_trunc",
    "floor",
    "host",
    "initcap",
    "jsonb_typeof",
    "left",
    "length",
    "lower",
    "lpad",
    "ltrim",
    "md5",
    "mod",
    "octet_length",
    "position",
    "repeat",
    "replace",
    "reverse",
    "right",
    "round",
    "rpad",
    "rtrim",
    "sign",
    "split_part",
    "starts_with",
    "statement_timestamp",
    "strpos",
    "trunc",
    "upper",
];

impl Encoder<'_> {
    pub(super) fn call(&mut self, name: &str, args: &[Expr], expr: &Expr, scope: &Scope) -> Val {
        if let Some(val) = self.special(name, args, expr, scope) {
            return val;
        }
        let shown = self.text(expr, scope);
        if args.iter().any(|arg| matches!(arg.kind, Kind::Named(..))) {
            let text = self.once(&shown, is_volatile(name));
            return self.unknown(&text, None);
        }
        if args.is_empty() && matches!(name, "now" | "transaction_timestamp") {
            return self.now();
        }
        if args.is_empty() && matches!(name, "current_user" | "current_role" | "user") {
            return self.keyword("current_user");
        }
        let args: Vec<Val> = args.iter().map(|arg| self.value(arg, scope)).collect();
        self.function(name, &args, &shown)
    }

    /// One of PostgreSQL's own functions.
    pub(super) fn function(&mut self, name: &str, args: &[Val], shown: &str) -> Val {
        let kinds: Option<Vec<TypeId>> = args.iter().map(|arg| arg.kind).collect();
        match kinds.and_then(|kinds| meaning::call(self.world, name, &kinds)) {
            Some(CallMeant::Cast(target)) => match args.first() {
                Some(val) => self.cast_to(val, target, shown),
                None => self.unknown(shown, Some(target)),
            },
            Some(CallMeant::Function(meant)) => self.known_function(name, &meant, args, shown),
            None => {
                let sorts: Vec<String> = args.iter().map(|arg| self.sort_name(arg.kind)).collect();
                let symbol = self.once(&format!("{name}({})", sorts.join(", ")), is_volatile(name));
                self.apply(&Applied { symbol: &symbol, head: name, shown, habit: LOOSE, result: None }, args)
            }
        }
    }

    fn known_function(&mut self, name: &str, meant: &Meant, args: &[Val], shown: &str) -> Val {
        let mut taken = Vec::new();
        for (index, arg) in args.iter().enumerate() {
            taken.push(match meant.operands.get(index) {
                Some(kind) => self.become_one(arg, *kind),
                None => arg.clone(),
            });
        }
        let kinds: Vec<String> = taken.iter().map(|val| val.kind.map_or_else(|| "?".to_owned(), |kind| self.world.name(kind))).collect();
        let symbol = self.once(&format!("{name}({})", kinds.join(", ")), meant.volatility == b'v');
        // `lower` of a range without a lower bound is NULL.
        let of_text = !meant.operands.iter().any(|kind| kind.is_polymorphic());
        let habit = match (meant.strict, of_text && meant.is_own() && NEVER_NULL.contains(&name)) {
            (true, true) => TOTAL,
            (true, false) => STRICT,
            (false, _) if name == "concat" || name.starts_with("num_n") => SURE,
            (false, _) => LOOSE,
        };
        let result = Some(meant.result).filter(|kind| !kind.is_polymorphic());
        self.apply(&Applied { symbol: &symbol, head: name, shown, habit, result }, &taken)
    }

    /// A declared function.
    pub(super) fn routine(&mut self, routine: &Routine, args: &[Expr], expr: &Expr, scope: &Scope) -> Val {
        let shown = self.text(expr, scope);
        let vals: Vec<Val> = args.iter().map(|arg| self.value(arg, scope)).collect();
        let all = self.facts.routine(routine).unwrap_or_default();
        let fitting: Vec<_> = all.iter().filter(|one| one.args.len() == vals.len()).collect();
        let signature = if let [only] = fitting.as_slice() { Some(*only) } else { None };
        let mut taken = Vec::new();
        for (index, val) in vals.iter().enumerate() {
            taken.push(match signature.and_then(|one| one.args.get(index)) {
                Some(kind) => self.become_one(val, *kind),
                None => val.clone(),
            });
        }
        let kinds: Vec<String> = taken.iter().map(|val| val.kind.map_or_else(|| "?".to_owned(), |kind| self.world.name(kind))).collect();
        let name = called(routine);
        let volatile = self.facts.volatility(routine) == Volatility::Volatile;
        let symbol = self.once(&format!("{name}({})", kinds.join(", ")), volatile);
        let habit = Habit { strict: self.facts.is_strict(routine), total: false };
        let head = name.clone();
        self.apply(&Applied { symbol: &symbol, head: &head, shown: &shown, habit, result: signature.map(|one| one.result) }, &taken)
    }

    /// A symbol; one of its own for each call of what is volatile.
    fn once(&mut self, symbol: &str, volatile: bool) -> String {
        if !volatile {
            return symbol.to_owned();
        }
        self.calls += 1;
        format!("{symbol} #{}", self.calls)
    }

    /// When the statement's transaction began.
    fn now(&mut self) -> Val {
        let sort = self.sort_of(Some(TypeId::TIMESTAMPTZ));
        let term = self.space.term(super::super::space::Term::Free("now()".to_owned()), sort, true);
        Val::one(TypeId::TIMESTAMPTZ, Place::finite(term))
    }

    pub(super) fn keyword(&mut self, name: &str) -> Val {
        let kind = match name {
            "current_timestamp" => return self.now(),
            "current_date" => TypeId::DATE,
            "localtimestamp" => TypeId::TIMESTAMP,
            "current_time" => TypeId::TIMETZ,
            "localtime" => TypeId::TIME,
            _ => {
                let name = if name == "session_user" { name } else { "current_user" };
                let sort = self.sort_of(Some(TypeId::NAME));
                // A column may have that name.
                let term = self.space.free(&format!("keyword {name}"), sort);
                self.opaque.push(super::Opaque {
                    shown: name.to_owned(),
                    head: name.to_owned(),
                    args: Vec::new(),
                    there: Ref::TRUE,
                    term: Some(term),
                    truth: Ref::FALSE,
                });
                return Val::one(TypeId::NAME, Place::plain(term));
            }
        };
        let now = self.now();
        self.cast_to(&now, kind, name)
    }
}

/// Whether any function of that name may answer otherwise at each call; what is not known may.
fn is_volatile(name: &str) -> bool {
    let all = Catalog::anywhere(name);
    all.is_empty() || all.iter().any(|function| function.volatility == b'v')
}
