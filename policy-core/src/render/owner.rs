//! Who owns functions and views.
//!
//! In: an object as SQL names it, and the role that is to own it. Out: statements that hand it over, run by whoever
//! migrates: no superuser, but a member of the new owner. Must not know what the object does. Source: PostgreSQL
//! documentation, ALTER FUNCTION, ALTER VIEW: the new owner needs CREATE on the schema, for that moment.

use std::collections::BTreeSet;

use super::quote::{do_block, ident, literal};
use super::script::{Key, RolePart, Statement};
use crate::model::{Ident, Item, PolicySet, Relation};

/// That whoever migrates is a member of a role that owns functions or views: an owner alone may replace, alter and grant.
/// Not undone: the objects may outlive the declaration.
fn acting(role: &Ident) -> Statement {
    let (name, text) = (ident(role.as_str()), literal(role.as_str()));
    let inherits = format!("pg_has_role(current_user, {text}, 'USAGE')");
    let apply = do_block(&format!(
        "BEGIN
    IF NOT {inherits} THEN
        GRANT {name} TO CURRENT_USER;
    END IF;
    IF current_setting('server_version_num')::int >= 160000 THEN
        -- There a member may be one that neither inherits nor may become the role.
        IF NOT {inherits} OR NOT pg_has_role(current_user, {text}, 'SET') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', {text});
        END IF;
    END IF;
END"
    ));
    Statement::new(Key::Role(role.clone(), RolePart::Acting), apply, "")
}

/// `acting` for each role of the set that owns functions or views as their definer, once, in the order of the items.
/// Not for roles of others, whose memberships are theirs: who migrates must be a member of such a definer already.
pub(super) fn acting_statements(set: &PolicySet) -> Vec<Statement> {
    let of_item = |item: &'_ Item| -> Vec<String> {
        match item {
            Item::View(view) if !view.external => view.definer.iter().cloned().collect(),
            Item::Functions(functions) if !functions.external => {
                functions.functions.iter().filter_map(|function| super::function::owner(function, set).map(str::to_owned)).collect()
            }
            Item::Table(table) => table.log.iter().filter_map(|log| log.writer.clone()).collect(),
            _ => Vec::new(),
        }
    };
    let mut known = BTreeSet::new();
    let ours = |name: &String| !set.roles().any(|role| role.external && role.name.as_str() == name);
    let owners = set.items.iter().flat_map(of_item).filter(|name| ours(name) && known.insert(name.clone()));
    owners.map(|name| acting(&Ident::cut(&name))).collect()
}

/// `ALTER FUNCTION f(bigint) OWNER TO role`, unless it is the owner. `kind` is FUNCTION or VIEW, `object` the object as
/// SQL names it there, `current` a query for the name of the owner that it has.
pub(super) fn owned(kind: &str, object: &str, current: &str, name: &Relation, role: &str) -> String {
    let (schema, owner) = (ident(name.schema.as_str()), ident(role));
    let (schema_text, owner_text) = (literal(name.schema.as_str()), literal(role));
    do_block(&format!(
        "BEGIN
    IF ({current}) IS DISTINCT FROM {owner_text} THEN
        IF has_schema_privilege({owner_text}, {schema_text}, 'CREATE') THEN
            ALTER {kind} {object} OWNER TO {owner};
        ELSE
            GRANT CREATE ON SCHEMA {schema} TO {owner};
            ALTER {kind} {object} OWNER TO {owner};
            REVOKE CREATE ON SCHEMA {schema} FROM {owner};
        END IF;
    END IF;
END"
    ))
}
