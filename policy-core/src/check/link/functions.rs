//! Declared functions: whose they are, which rows they look at, and what a call of them means.

use super::log::row_of;
use super::{Linker, Names, Scope, comparable, grantees};
use crate::check::routines::in_predicate;
use crate::diag::{Diagnostic, FunctionPart, Part, Place, Sink, codes};
use crate::model::{Body, Context, ContextSource, Expr, Functions, Grantee, Kind, Returns, Routine, SqlType};

pub(super) fn link(functions: &mut Functions, names: &Names, sink: &mut Sink) {
    for (i, function) in functions.functions.iter_mut().enumerate() {
        let part = |part| Part::Function(i, part);
        if let Some(definer) = &mut function.definer {
            let mut to = [Grantee::Role(definer.clone())];
            grantees(&mut to, names, |_| part(FunctionPart::Definer), sink);
            if let [Grantee::Role(name)] = to {
                *definer = name;
            }
        }
        grantees(&mut function.grants, names, |k| part(FunctionPart::To(k)), sink);
        if let Some(Body::Visible(rows)) = &mut function.body {
            rows.iter_mut().for_each(|row| row_of(row, names, Place::Part(part(FunctionPart::Body)), sink));
        }
    }
}

/// `read = Trait.function`: without arguments, and of the field's type.
pub(super) fn link_context(context: &mut Context, names: &Names, sink: &mut Sink) {
    for (i, field) in context.fields.iter_mut().enumerate() {
        let ContextSource::Routine(routine, _) = &mut field.source else { continue };
        let place = Place::Part(Part::Column(i));
        match names.routines.called(routine, &[]) {
            Ok((path, function)) => {
                sink.extend(in_predicate(path, function).map(|wrong| wrong.at(place)));
                if let Returns::One(kind) = &function.returns
                    && !comparable(kind, &field.kind)
                {
                    let message = format!("`{}` is `{}`, `{path}()` is `{kind}`", field.name, field.kind);
                    sink.push(Diagnostic::new(codes::TYPE_MISMATCH, place, message).help("give both the same Rust type"));
                }
                *routine = Routine::Named(path.clone());
            }
            Err(wrong) => sink.push(wrong.at(place)),
        }
    }
}

impl Linker<'_> {
    /// A call: of a function that exists, takes these arguments, and gives one value without changing anything.
    pub(super) fn routine(&mut self, expr: &mut Expr, part: Part, scope: &Scope) {
        let place = Place::Predicate(part, expr.at.into());
        let Kind::Routine(routine, args) = &mut expr.kind else { return };
        let types: Vec<Option<SqlType>> = args.iter().map(|arg| self.type_of(arg, scope).cloned()).collect();
        match self.names.routines.called(routine, &types) {
            Ok((path, function)) => {
                self.sink.extend(in_predicate(path, function).map(|wrong| wrong.at(place)));
                *routine = Routine::Named(path.clone());
            }
            Err(wrong) => self.sink.push(wrong.at(place)),
        }
    }

    /// The type of what a call gives.
    pub(super) fn returned(&self, routine: &Routine, args: &[Expr], scope: &Scope) -> Option<&SqlType> {
        let types: Vec<Option<SqlType>> = args.iter().map(|arg| self.type_of(arg, scope).cloned()).collect();
        match &self.names.routines.called(routine, &types).ok()?.1.returns {
            Returns::One(kind) => Some(kind),
            _ => None,
        }
    }
}
