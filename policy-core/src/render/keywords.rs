//! The words that PostgreSQL does not take as a bare name everywhere.
//!
//! In: nothing. Out: three lists. Source: `pg_get_keywords()` of PostgreSQL 15 where `catcode <> 'U'`, and the words
//! that PostgreSQL 16 to 18 added to these classes (appendix C "SQL Key Words").

const COLUMN_NAMES: &[&str] = &[
    "between", "bigint", "bit", "boolean", "char", "character", "coalesce", "dec", "decimal", "exists", "extract",
    "float", "greatest", "grouping", "inout", "int", "integer", "interval", "json", "json_array", "json_arrayagg",
    "json_exists", "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table",
    "json_value", "least", "merge_action", "national", "nchar", "none", "normalize", "nullif", "numeric", "out",
    "overlay", "position", "precision", "real", "row", "setof", "smallint", "substring", "time", "timestamp", "treat",
    "trim", "values", "varchar", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces",
    "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
];

const TYPE_OR_FUNCTION: &[&str] = &[
    "authorization", "binary", "collation", "concurrently", "cross", "current_schema", "freeze", "full", "ilike",
    "inner", "is", "isnull", "join", "left", "like", "natural", "notnull", "outer", "overlaps", "right", "similar",
    "tablesample", "verbose",
];

const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "both", "case", "cast", "check",
    "collate", "column", "constraint", "create", "current_catalog", "current_date", "current_role", "current_time",
    "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except",
    "false", "fetch", "for", "foreign", "from", "grant", "group", "having", "in", "initially", "intersect", "into",
    "lateral", "leading", "limit", "localtime", "localtimestamp", "not", "null", "offset", "on", "only", "or", "order",
    "placing", "primary", "references", "returning", "select", "session_user", "some", "symmetric", "system_user",
    "table", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "when", "where", "window",
    "with",
];

/// What SQL makes an expression of and writes like a call with plain arguments.
const LIKE_CALLS: &[&str] = &["coalesce", "greatest", "least", "normalize", "nullif", "overlay", "substring"];

/// Whether the word needs quotes somewhere as a name.
pub(super) fn is_keyword(word: &str) -> bool {
    [COLUMN_NAMES, TYPE_OR_FUNCTION, RESERVED].iter().any(|list| list.contains(&word))
}

/// Whether the word may stand bare before the arguments of a call all the same.
pub(super) fn is_callable(word: &str) -> bool {
    TYPE_OR_FUNCTION.contains(&word) || LIKE_CALLS.contains(&word)
}
