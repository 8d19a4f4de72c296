//! Names and constants as SQL text.

use super::*;

#[test]
fn names_are_quoted_where_they_need_it() {
    for (name, written) in [
        ("documents", "documents"),
        ("_a1$", "_a1$"),
        ("tenantCode", "\"tenantCode\""),
        ("order", "\"order\""),
        ("user", "\"user\""),
        ("left", "\"left\""),
        ("timestamp", "\"timestamp\""),
        ("json", "\"json\""),
        ("a b", "\"a b\""),
        ("1a", "\"1a\""),
        ("$a", "\"$a\""),
        ("a\"; DROP", "\"a\"\"; DROP\""),
        ("é", "\"é\""),
        ("name", "name"),
        ("status", "status"),
    ] {
        assert_eq!(quote::ident(name), written);
    }
    for (text, written) in [("a", "'a'"), ("it's", "'it''s'"), ("\\", "E'\\\\'"), ("\\'", "E'\\\\'''"), ("a\nb", "E'a\\nb'"), ("", "''")] {
        assert_eq!(quote::literal(text), written);
    }
    for (kind, written) in [
        ("numeric(10,2)", "numeric(10, 2)"),
        ("timestamp(3) with time zone[]", "timestamptz(3)[]"),
        ("\"LeakStatus\"", "\"LeakStatus\""),
        ("app.status[]", "app.status[]"),
        ("\"char\"", "\"char\""),
    ] {
        assert_eq!(quote::sql_type(&SqlType::parse(kind).unwrap()), written);
    }
    assert_eq!(quote::sql_type(&SqlType::opaque("TenantId")), "\"TenantId\"");
}
