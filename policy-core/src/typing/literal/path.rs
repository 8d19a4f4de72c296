//! Paths into JSON. In: a text. Out: whether it is a path of the plain kind: `$`, members, elements, `strict` or `lax` before it.
//! Filters, methods and arithmetic are left to the server. Source: `jsonpath_gram.y`, `jsonpath_scan.l`.

use super::outcome::{Reading, Sense, Stop};

pub(super) fn read(text: &str) -> Reading<Sense> {
    let path = text.trim_matches(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    if path.is_empty() {
        return Err(Stop::refused("22P02", format!("invalid input syntax for type jsonpath: \"{text}\"")));
    }
    let path = ["strict ", "lax "].into_iter().find_map(|mode| path.strip_prefix(mode)).unwrap_or(path).trim_start();
    let mut rest = path.strip_prefix('$').ok_or(Stop::Unjudged)?;
    while !rest.is_empty() {
        rest = step(rest).ok_or(Stop::Unjudged)?;
    }
    Ok(Sense::Fixed)
}

/// What is left after `.name`, `."name"`, `.*`, `[*]` or `[0]`.
fn step(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix('.') {
        return after.strip_prefix('*').or_else(|| quoted(after)).or_else(|| name(after));
    }
    let (inside, after) = text.strip_prefix('[')?.split_once(']')?;
    let index = !inside.is_empty()
        && inside.len() < 9
        && inside.bytes().all(|byte| byte.is_ascii_digit())
        && (inside == "0" || !inside.starts_with('0'));
    (inside == "*" || index).then_some(after)
}

fn quoted(text: &str) -> Option<&str> {
    let (inside, after) = text.strip_prefix('"')?.split_once('"')?;
    (!inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b' ' | b'-'))).then_some(after)
}

/// A plain name; what follows it must not go on with it, nor make a call of it.
fn name(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, after) = text.split_at_checked(end)?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (begins && (after.is_empty() || after.starts_with(['.', '[']))).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_are_read_and_others_left() {
        for path in ["$", "$.a", "strict $.a.b[*]", "lax $[0].\"x y\".*"] {
            assert!(matches!(read(path), Ok(Sense::Fixed)), "{path}");
        }
        for path in ["$.a ? (@ > 1)", "$.a.size()", "a", "$.", "$[", "$[1 to 2]", "$.1a"] {
            assert!(matches!(read(path), Err(Stop::Unjudged)), "{path}");
        }
        assert!(matches!(read(" "), Err(Stop::Refused { .. })));
    }
}
