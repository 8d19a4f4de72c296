//! The words that PostgreSQL does not take as a bare name everywhere.
//!
//! In: nothing. Out: two lists. Source: `pg_get_keywords()` of PostgreSQL 15 where `catcode <> 'U'`, and the words that
//! PostgreSQL 16 to 18 added to these classes (appendix C "SQL Key Words").

/// In byte order.
const KEYWORDS: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce", "collate",
    "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
    "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal", "default",
    "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float",
    "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
    "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "json",
    "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query", "json_scalar",
    "json_serialize", "json_table", "json_value", "lateral", "leading", "least", "left", "like", "limit", "localtime",
    "localtimestamp", "merge_action", "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null",
    "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
    "position", "precision", "primary", "real", "references", "returning", "right", "row", "select", "session_user",
    "setof", "similar", "smallint", "some", "substring", "symmetric", "system_user", "table", "tablesample", "then",
    "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values",
    "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement",
    "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
];

/// Those that may stand before the arguments of a call: the class of type and function names, and what SQL makes an
/// expression of and writes like a call with plain arguments. In byte order.
const CALLABLE: &[&str] = &[
    "authorization", "binary", "coalesce", "collation", "concurrently", "cross", "current_schema", "freeze", "full",
    "greatest", "ilike", "inner", "is", "isnull", "join", "least", "left", "like", "natural", "normalize", "notnull",
    "nullif", "outer", "overlaps", "overlay", "right", "similar", "substring", "tablesample", "verbose",
];

/// Whether the word needs quotes somewhere as a name.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// Whether the word may stand bare before the arguments of a call all the same.
pub(super) fn is_callable(word: &str) -> bool {
    CALLABLE.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(KEYWORDS.is_sorted() && CALLABLE.is_sorted());
        assert!(CALLABLE.iter().all(|word| is_keyword(word)));
    }
}
