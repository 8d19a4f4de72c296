//! The labels of an enum as sqlx names them.
//!
//! In: the name of a variant, a style. Out: a label. Source: `rename_all` of sqlx-macros-core 0.9 and `transform` of
//! heck 0.5, which it calls.

/// A name in one of the styles of `#[sqlx(rename_all = "..")]`; none for a style that sqlx refuses.
pub(super) fn renamed(name: &str, style: &str) -> Option<String> {
    let join = |separator: &str| words(name).join(separator);
    let capitals =
        |skip: usize| words(name).iter().enumerate().map(|(i, word)| if i < skip { word.to_lowercase() } else { capital(word) }).collect();
    Some(match style {
        "lowercase" => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "snake_case" => join("_").to_lowercase(),
        "SCREAMING_SNAKE_CASE" => join("_").to_uppercase(),
        "kebab-case" => join("-").to_lowercase(),
        "camelCase" => capitals(1),
        "PascalCase" => capitals(0),
        _ => return None,
    })
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars.as_str().to_lowercase().chars()).collect()).unwrap_or_default()
}

/// `HTTPServer2b` is `HTTP`, `Server2b`: a word ends before a capital that follows a small letter, and before the last
/// capital of several that a small letter follows.
fn words(name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in name.split(|c: char| !c.is_alphanumeric()) {
        let mut word = String::new();
        // Whether the last letter with a case was a small one; nothing at the beginning of a word.
        let mut small: Option<bool> = None;
        let mut chars = part.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            if small == Some(false) && c.is_uppercase() && next.is_some_and(char::is_lowercase) {
                found.push(std::mem::take(&mut word));
            }
            word.push(c);
            small = if c.is_lowercase() {
                Some(true)
            } else if c.is_uppercase() {
                Some(false)
            } else {
                small
            };
            if small == Some(true) && next.is_some_and(char::is_uppercase) {
                found.push(std::mem::take(&mut word));
                small = None;
            }
        }
        if !word.is_empty() {
            found.push(word);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_sqlx_writes_them() {
        for (name, snake) in [
            ("Draft", "draft"),
            ("InReview", "in_review"),
            ("XMLHttpRequest", "xml_http_request"),
            ("ABC", "abc"),
            ("IOError", "io_error"),
            ("Level2", "level2"),
            ("V2Beta", "v2_beta"),
            ("A1b", "a1b"),
            ("aB", "a_b"),
            ("snake_Case", "snake_case"),
            ("_Odd__Name_", "odd_name"),
        ] {
            assert_eq!(renamed(name, "snake_case").as_deref(), Some(snake), "{name}");
        }
        for (style, label) in [
            ("lowercase", "inreview2x"),
            ("UPPERCASE", "INREVIEW2X"),
            ("snake_case", "in_review2_x"),
            ("SCREAMING_SNAKE_CASE", "IN_REVIEW2_X"),
            ("kebab-case", "in-review2-x"),
            ("camelCase", "inReview2X"),
            ("PascalCase", "InReview2X"),
        ] {
            assert_eq!(renamed("InReview2X", style).as_deref(), Some(label));
        }
        assert_eq!(renamed("X", "Title Case"), None);
    }
}
