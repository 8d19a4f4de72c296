//! Function calls: built-in ones by folded name; the rest is refused with the reason.

use sqlparser::ast::{
    CeilFloorKind, Expr as Ast, Function, FunctionArg, FunctionArgExpr, FunctionArgOperator, FunctionArguments, ObjectName, ObjectNamePart,
    TrimWhereField,
};
use sqlparser::tokenizer::Token;

use super::builtin::{self, Builtin};
use super::{Converter, Form};
use crate::diag::{At, codes, nearest};
use crate::model::{Expr, Ident, Kind, Relation, Routine};

/// What a call leads to.
enum Called {
    Builtin(String),
    Declared(Routine),
}

impl Converter<'_> {
    /// `name(args)`, or a function that SQL writes without brackets.
    pub(super) fn function(&mut self, call: &Function) -> Option<Expr> {
        let (path, at) = self.path(&call.name)?;
        let at = match self.tokens.get(at.last + 1) {
            Some(Token::LParen) => at.to(At::token(self.tokens.partner(at.last + 1).unwrap_or(at.last))),
            _ => at,
        };
        let name = match self.called(&path, at)? {
            Called::Builtin(name) => name,
            Called::Declared(routine) => return self.routine(routine, call, at),
        };
        self.clauseless(call, at)?;
        match &call.args {
            FunctionArguments::None => self.keyword(&name, at),
            FunctionArguments::Subquery(query) if name == "array" => {
                let query = self.query(query)?;
                self.one_column(&query, at)?;
                Some(Expr { kind: Kind::ArrayQuery(Box::new(query)), at })
            }
            FunctionArguments::Subquery(_) => {
                self.refuse(at, "a query as the argument of a function", "write it as `(SELECT ..)` in brackets of its own")
            }
            FunctionArguments::List(list) => {
                if list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
                    return self.refuse(at, "a clause in the argument list", "pass plain values");
                }
                if let Some(fault) = self.judge(&name, at) {
                    self.push(fault);
                    return None;
                }
                let args = self.arguments(&list.args, !builtin::is_expression(&name), at)?;
                Some(Expr { kind: Kind::Call(name, args), at })
            }
        }
    }

    /// A call without the clauses of aggregates and windows.
    fn clauseless(&mut self, call: &Function, at: At) -> Option<()> {
        if call.over.is_some() || call.filter.is_some() || !call.within_group.is_empty() || call.null_treatment.is_some() {
            self.refuse(at, "a window or an aggregate clause", "a policy judges one row at a time");
            return None;
        }
        Some(())
    }

    /// `Trait.method(args)`, `schema.name(args)`.
    fn routine(&mut self, routine: Routine, call: &Function, at: At) -> Option<Expr> {
        self.clauseless(call, at)?;
        let FunctionArguments::List(list) = &call.args else {
            return self.refuse(at, "a declared function without its arguments", "write them in brackets: `Trait.function(value)`");
        };
        if list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
            return self.refuse(at, "a clause in the argument list", "pass plain values");
        }
        let args = self.arguments(&list.args, false, at)?;
        Some(Expr { kind: Kind::Routine(routine, args), at })
    }

    /// The values of a call. Those by name come last, and only PostgreSQL's own functions take them.
    fn arguments(&mut self, args: &[FunctionArg], by_name: bool, at: At) -> Option<Vec<Expr>> {
        let converted: Vec<Option<Expr>> = args.iter().map(|arg| self.argument(arg, at)).collect();
        let converted: Vec<Expr> = converted.into_iter().collect::<Option<_>>()?;
        let is_named = |expr: &Expr| matches!(expr.kind, Kind::Named(..));
        let first = converted.iter().position(is_named);
        if let Some(named) = first.filter(|_| !by_name).and_then(|first| converted.get(first)) {
            return self.refuse(named.at, "an argument by name of this function", "pass its arguments by position").map(|_| Vec::new());
        }
        let after = first.and_then(|first| converted.iter().skip(first).find(|expr| !is_named(expr)));
        if let Some(after) = after {
            let help = "pass those by position first, then those by name: `f(a, name => b)`";
            return self.refuse(after.at, "an argument by position after one by name", help).map(|_| Vec::new());
        }
        Some(converted)
    }

    fn argument(&mut self, arg: &FunctionArg, at: At) -> Option<Expr> {
        let (ident, value) = match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => return self.expr(value),
            FunctionArg::Unnamed(_) => return self.refuse(at, "`*` as an argument", "name the value"),
            FunctionArg::Named { name, arg: FunctionArgExpr::Expr(value), operator: FunctionArgOperator::RightArrow } => (name, value),
            FunctionArg::ExprNamed {
                name: Ast::Identifier(name),
                arg: FunctionArgExpr::Expr(value),
                operator: FunctionArgOperator::RightArrow,
            } => (name, value),
            FunctionArg::Named { .. } | FunctionArg::ExprNamed { .. } => {
                return self.refuse(at, "this form of a named argument", "write `name => value`");
            }
        };
        let name = if ident.quote_style.is_none() { ident.value.to_lowercase() } else { ident.value.clone() };
        let inner = self.expr(value)?;
        Some(Expr { at: Self::ident_at(ident).to(inner.at), kind: Kind::Named(name, Box::new(inner)) })
    }

    fn path(&mut self, name: &ObjectName) -> Option<(Vec<String>, At)> {
        let mut parts = Vec::new();
        let mut range: Option<At> = None;
        for part in &name.0 {
            let ObjectNamePart::Identifier(ident) = part else { return None };
            let at = Self::ident_at(ident);
            range = Some(range.map_or(at, |range| range.to(at)));
            // Built-in functions fold, however they are written; declared ones keep their case.
            let folded = ident.quote_style.is_none() && (name.0.len() == 1 || self.scope.form == Form::Sql);
            parts.push(if folded { ident.value.to_lowercase() } else { ident.value.clone() });
        }
        Some((parts, range.unwrap_or_default()))
    }

    /// What a path calls: tokens name a trait, which begins with a capital letter, a text names a schema.
    fn called(&mut self, path: &[String], at: At) -> Option<Called> {
        match path {
            [name] => return Some(Called::Builtin(name.clone())),
            [schema, name] if schema == "pg_catalog" => return Some(Called::Builtin(name.clone())),
            [schema, name] if self.scope.form == Form::Sql => {
                if let (Ok(schema), Ok(name)) = (Ident::new(schema.as_str()), Ident::new(name.as_str())) {
                    return Some(Called::Declared(Routine::Named(Relation { schema, name })));
                }
            }
            [item, method] if item.starts_with(char::is_uppercase) => {
                return Some(Called::Declared(Routine::Method(item.clone(), method.clone())));
            }
            _ => {}
        }
        let path = path.join(".");
        let fault = self
            .fault(codes::UNDECLARED_FUNCTION, at, format!("the function `{path}` is not declared"))
            .note("functions of the application are declared as the methods of a trait with `#[functions(schema = \"..\")]`")
            .help("call it by its trait: `Trait.function(..)`; SQL text, `using = \"..\"`, has `schema.function(..)`");
        self.push(fault);
        None
    }

    fn judge(&self, name: &str, at: At) -> Option<crate::diag::Diagnostic> {
        Some(match builtin::find(name) {
            Some(Builtin::Scalar) => return None,
            Some(Builtin::Session) => self
                .fault(codes::RAW_SESSION, at, format!("`{name}` reads or writes the session past the context"))
                .help("declare the setting as a field with `#[derive(Context)]` and write `ctx.field`"),
            Some(Builtin::Volatile) => self
                .fault(codes::VOLATILE, at, format!("`{name}` is volatile: it may give another answer for every row"))
                .help(if matches!(name, "clock_timestamp" | "timeofday" | "statement_timestamp") {
                    "use `now()`"
                } else {
                    "use a value of the row or of the context"
                }),
            Some(Builtin::Aggregate) => self
                .fault(codes::AGGREGATE, at, format!("`{name}` is an aggregate; a policy judges one row at a time"))
                .help("ask whether a row exists: `EXISTS (SELECT 1 FROM Item i WHERE ..)`"),
            Some(Builtin::NotScalar) => self
                .fault(codes::NOT_UNDERSTOOD, at, format!("`{name}` gives rows, not a value, and is not supported in a policy"))
                .help("compare with an array: `value = ANY(array)`"),
            None => self
                .fault(codes::UNKNOWN_FUNCTION, at, format!("PostgreSQL has no function `{name}`"))
                .maybe_help(nearest(name, builtin::scalars()).map(|near| format!("did you mean `{near}`?")))
                .note("functions of the application are declared with `#[functions]` and called by their trait: `Trait.function(..)`"),
        })
    }

    /// `current_user`, `current_date` ..: functions without brackets.
    fn keyword(&mut self, name: &str, at: At) -> Option<Expr> {
        match name {
            "current_user" | "current_role" | "user" => Some(Expr { kind: Kind::Keyword("current_user".to_owned()), at }),
            "current_date" | "current_timestamp" | "localtimestamp" | "current_time" | "localtime" => {
                Some(Expr { kind: Kind::Keyword(name.to_owned()), at })
            }
            "session_user" => {
                let fault = self
                    .fault(codes::RAW_SESSION, at, "`session_user` is who connected, not who the statement runs as")
                    .help("use `current_user`, or a field of the context");
                self.push(fault);
                None
            }
            _ => self.refuse(at, &format!("`{name}`"), "use a value of the row or of the context"),
        }
    }

    /// What SQL writes with words between the arguments; as plain calls of the same functions.
    pub(super) fn special(&mut self, ast: &Ast) -> Option<Expr> {
        let (name, args): (&str, Vec<&Ast>) = match ast {
            Ast::Ceil { expr, field: CeilFloorKind::DateTimeField(sqlparser::ast::DateTimeField::NoDateTime) } => ("ceil", vec![expr]),
            Ast::Floor { expr, field: CeilFloorKind::DateTimeField(sqlparser::ast::DateTimeField::NoDateTime) } => ("floor", vec![expr]),
            Ast::Position { expr, r#in } => ("strpos", vec![r#in, expr]),
            Ast::Substring { expr, substring_from: Some(from), substring_for, .. } => {
                ("substring", [Some(expr), Some(from), substring_for.as_ref()].into_iter().flatten().map(AsRef::as_ref).collect())
            }
            Ast::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                let all = [Some(expr), Some(overlay_what), Some(overlay_from), overlay_for.as_ref()];
                ("overlay", all.into_iter().flatten().map(AsRef::as_ref).collect())
            }
            Ast::Trim { trim_where, trim_what, expr, trim_characters: None } => {
                let name = match trim_where {
                    Some(TrimWhereField::Leading) => "ltrim",
                    Some(TrimWhereField::Trailing) => "rtrim",
                    _ => "btrim",
                };
                (name, std::iter::once(expr).chain(trim_what.as_ref()).map(AsRef::as_ref).collect())
            }
            other => return self.not_understood(other),
        };
        let args: Vec<Option<Expr>> = args.into_iter().map(|arg| self.expr(arg)).collect();
        let args: Vec<Expr> = args.into_iter().collect::<Option<_>>()?;
        let at = args.iter().map(|arg| arg.at).reduce(At::to).unwrap_or_default();
        Some(Expr { kind: Kind::Call(name.to_owned(), args), at })
    }
}
