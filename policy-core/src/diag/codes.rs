//! The catalogue of diagnostics: one line for each code, registered here and nowhere else.
//!
//! A code is permanent: never renumbered, never reused. Each has a page `docs/codes/<code>.md`, a case
//! that fails with it and one that passes (`tests/codes.rs`).

use std::fmt;

/// Whether a diagnostic stops the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
    /// It is said where somebody asks: by `hedgerow check`, not in a build.
    Note,
}

/// A permanent code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(&'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A line of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Whether it stops the build.
    pub severity: Severity,
    /// What it is about, in a few words: the title of its page.
    pub title: &'static str,
}

macro_rules! catalogue {
    ($($name:ident $code:literal $severity:ident $title:literal;)*) => {
        $(#[doc = concat!($code, ": ", $title, ".")] pub const $name: Code = Code($code);)*

        /// Every code, in order.
        pub const CATALOGUE: &[Entry] = &[
            $(Entry { code: $name, severity: Severity::$severity, title: $title },)*
        ];

        impl Code {
            /// Whether it stops the build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self.0 { $($code => Severity::$severity,)* _ => Severity::Error }
            }
        }
    };
}

catalogue! {
    // H01: how attributes are written.
    UNKNOWN_KEY "H0101" Error "unknown key";
    DUPLICATE_KEY "H0102" Error "duplicate key";
    MISSING_KEY "H0103" Error "required key missing";
    MALFORMED "H0104" Error "malformed value";
    TOKENS_OR_STRING "H0105" Error "string where tokens belong, or the reverse";
    UNKNOWN_COMMAND "H0106" Error "unknown command or privilege";
    TWICE_IN_LIST "H0107" Error "listed twice";
    UNKNOWN_COLUMN "H0108" Error "unknown column";
    BAD_NAME "H0109" Error "not a database name";
    UNSUPPORTED_ITEM "H0110" Error "derive on the wrong kind of item";
    GENERIC_ITEM "H0111" Error "type parameters on an item";
    UNKNOWN_TYPE "H0112" Error "Rust type without an SQL type";
    EMPTY_REASON "H0113" Error "opt-out without a reason";
    NOT_YET "H0114" Error "key of a later version";
    TENANCY "H0115" Error "none or two of tenant, no_tenant and external";
    NOT_ALLOWED_HERE "H0116" Error "key not allowed here";
    COLUMN_TWICE "H0117" Error "column declared twice";
    SQLX_FLATTEN "H0118" Error "flattened field";
    CFG_ON_ITEM "H0119" Error "conditional item";
    COLUMNS_NOT_ALLOWED "H0120" Error "column list not allowed";
    BAD_TYPE_TEXT "H0121" Error "not an SQL type";
    PUBLIC_NOT_ALLOWED "H0122" Error "PUBLIC not allowed here";
    NOT_A_SIGNATURE "H0123" Error "not the signature of a function";
    FILE_NOT_READ "H0124" Error "body or query file that cannot be read";

    // H02: predicates.
    UNPARSABLE "H0201" Error "not an SQL expression";
    EMPTY_PREDICATE "H0202" Error "empty predicate";
    TOO_LONG "H0203" Error "predicate too long";
    TOO_DEEP "H0204" Error "predicate nested too deep";
    SINGLE_QUOTES "H0205" Error "single quotes in tokens";
    COMMENT "H0206" Error "SQL comment in a predicate";
    STATEMENT "H0207" Error "statement instead of an expression";
    RUST_OPERATOR "H0208" Error "Rust operator in a predicate";
    NOT_SQL_TOKEN "H0209" Error "token that SQL lacks";
    BARE_COLUMN "H0210" Error "bare column in a subquery";
    UNKNOWN_ALIAS "H0211" Error "unknown alias";
    NO_CONTEXT "H0212" Error "ctx without a context";
    NO_COLUMN "H0213" Error "comparison without a column";
    NOT_UNDERSTOOD "H0214" Error "construct not supported in a policy";
    UNKNOWN_FUNCTION "H0215" Error "unknown function";
    AGGREGATE "H0216" Error "aggregate in a policy";
    VOLATILE "H0217" Error "volatile function in a policy";
    RAW_SESSION "H0218" Error "session state read past the context";
    SELECT_STAR "H0219" Error "SELECT * in a policy";
    BYPASS_FLAG "H0220" Error "bypass flag in a policy";
    UNDECLARED_FUNCTION "H0221" Error "function that is not declared";
    UNKNOWN_OPERATOR "H0222" Error "operator that PostgreSQL lacks";
    ALIAS_TWICE "H0223" Error "alias used twice";
    WRONG_ARGUMENTS "H0224" Error "wrong arguments of a declared function";
    NO_FUNCTION "H0225" Error "no function for these arguments";
    NOT_A_CONDITION "H0226" Error "not a condition";
    NO_CAST "H0227" Error "cast that PostgreSQL lacks";
    BAD_CONSTANT "H0228" Error "constant that is no value of its type";
    NO_COMMON_TYPE "H0229" Error "values without a type in common";
    NOT_TYPED "H0230" Error "expression that PostgreSQL refuses";
    NULL_COMPARED "H0231" Error "comparison with NULL";
    NOT_IN_NULLABLE "H0232" Warning "NOT IN over what can be NULL";
    UNEQUAL_NULLABLE "H0233" Warning "inequality that NULL leaves undecided";
    NULL_REFUSED "H0234" Warning "check that refuses NULL";
    READ_ONCE "H0235" Error "constant that is read once";
    OTHER_RUST_TYPE "H0236" Warning "Rust type that cannot hold the SQL type";
    FOREIGN_TYPE "H0237" Note "SQL type that sqlx does not map";

    // H03: what one item says of another.
    NOT_A_ROLE "H0301" Error "not a role";
    NO_SUCH_SETTING "H0302" Error "no such context field";
    TYPE_MISMATCH "H0303" Error "no operator for these types";
    NOT_A_TABLE "H0304" Error "not a declared table";
    NO_SUCH_COLUMN "H0305" Error "no such column in another table";
    PARENT_WITHOUT_TENANT "H0306" Error "parent without a tenant";
    NOT_IN_SET "H0307" Error "named but not in the set";
    UNRESOLVED_TYPE "H0308" Error "Rust type that the sources do not define";
    NOT_A_CONTEXT "H0309" Error "not a context";
    NO_SUCH_FUNCTION "H0310" Error "no such function in a trait";

    // H04: rules.
    CHECK_NOT_ALLOWED "H0401" Error "with_check on select or delete only";
    CHECK_EQUALS_USING "H0402" Error "with_check that repeats using";
    NO_PREDICATE "H0403" Error "rule without a predicate";
    ACROSS_WITHOUT_TENANT "H0404" Error "across_tenants without a tenant";
    ACROSS_PUBLIC "H0405" Error "across_tenants for PUBLIC";
    COLUMNS_DIFFER "H0406" Error "column lists differ for one role and command";
    BLIND_WRITE "H0407" Error "update or delete without select";
    SAME_RULE_NAME "H0408" Error "two policies of one name";
    RESERVED_NAME "H0409" Error "reserved policy name";
    SHARED_KEY "H0410" Error "shared without one nullable key";
    NEVER_BROKEN "H0411" Error "never broken";
    INSERT_WITHOUT_SELECT "H0412" Warning "insert without select";
    EXEMPT_AND_FLOORED "H0413" Error "exempt role tied to a floored one";
    NO_SCHEMA_USAGE "H0414" Error "rule in a schema without usage";
    POLICY_CYCLE "H0415" Error "policies that read each other";
    UNGOVERNED_PRIVILEGE "H0416" Error "privilege that row security does not govern";
    CHECKS_CROSS "H0417" Warning "checks that combine";
    CANNOT_READ_SOURCE "H0418" Error "predicate reads a table that the role may not read";
    TENANT_OF_NOBODY "H0419" Error "tenant that no caller decides";
    VANISHING "H0420" Warning "update that hides its row";
    DEFAULT_NOT_HELD "H0421" Error "caller as a default that nothing holds";
    EACH_ROW "H0422" Warning "membership asked for each row";

    // H05: roles, schemas, contexts.
    NEEDS_LOGIN "H0501" Error "option without login";
    EXTERNAL_OPTION "H0502" Error "option on an external item";
    MEMBERSHIP_CYCLE "H0503" Error "circular membership";
    REACHES_OWNER "H0504" Error "login role that reaches the owner or a bypass role";
    CONTEXT_SETTING "H0505" Error "context setting on a role";
    NEEDS_VERSION "H0506" Error "not in the oldest PostgreSQL of the set";
    INEFFECTIVE_DEFAULT "H0507" Error "default privileges without effect";
    DEFAULT_WITHOUT_OWNER "H0508" Error "default privileges without an owner";
    TOO_WIDE "H0509" Error "everything granted to a role that requests use";
    CONTEXT_SOURCE "H0510" Error "none or two of prefix and preset";
    SETTING_NAME "H0511" Error "not a setting of an application";
    SETTING_TWICE "H0512" Error "two fields with one setting";
    CONTEXT_TYPE "H0513" Error "type that a setting cannot hold";
    TEXT_TENANT "H0514" Warning "text as tenant key";
    CITUS "H0515" Error "not on Citus";
    GRANTS_UNDECLARED "H0516" Warning "grant on what is not declared";

    // H06: sets.
    ITEM_TWICE "H0601" Error "item listed twice";
    TABLE_TWICE "H0602" Error "two items for one table";
    ITEM_IN_NO_SET "H0603" Error "item in no set";
    NO_SUCH_ITEM "H0604" Error "no such item";
    BAD_SET_VALUE "H0605" Error "bad value in a set";
    NAME_TWICE "H0606" Error "two items of one name";

    // H07: the build edge.
    OUT_OF_STEP "H0701" Error "migrations out of step";
    BAD_LOCK "H0702" Error "damaged policy.lock";
    UNREADABLE "H0703" Error "unreadable source";
    NO_SET "H0704" Error "no policy set in the sources";
    FILE_EXISTS "H0705" Error "migration file already there";

    // H08: functions, views, triggers, logs.
    SIGNATURE_TWICE "H0801" Error "two functions of one signature";
    BODY_ON_EXTERNAL "H0802" Error "body on an external function";
    UNPINNED_PATH "H0803" Error "definer without a search_path";
    BAD_DEFINER "H0804" Error "role that may not be a definer";
    CANNOT_EXECUTE "H0805" Error "function that the role may not execute";
    VIEW_COLUMNS "H0811" Error "view columns that are not its fields";
    VIEW_CANNOT_READ "H0812" Error "view that may not read its tables";
    VIEW_CYCLE "H0813" Error "views that read each other";
    TRIGGER_FUNCTION "H0821" Error "trigger with a function that returns no trigger";
    TRIGGER_TWICE "H0822" Error "two triggers of one name";
    TRIGGER_ROW "H0823" Error "row that the trigger does not have";
    LOG_OF_ITSELF "H0831" Error "log that logs itself";
    LOG_TABLE "H0832" Error "log of a table that is not ours";
    LOG_COLUMN "H0833" Error "column that a log cannot use";
    LOG_WRITER "H0834" Error "log whose writer may not write";
    LOG_ALTERED "H0835" Error "log that others may alter";

    // H092: what is allowed and seldom meant.
    BYPASS_RULE "H0921" Warning "rule for a role past row security";
    IDLE_RESTRICTION "H0922" Warning "restriction that no permit opens";
    NOBODY "H0923" Warning "table that nobody may use";
    PUBLIC_OPEN "H0924" Warning "every row for PUBLIC";
    PUBLIC_WRITES "H0925" Warning "write for PUBLIC";
    SENSITIVE "H0926" Warning "secret that anonymous callers read";
    LATER_TABLES "H0927" Warning "default privileges on tables to come";
    LATER_FUNCTIONS "H0928" Warning "default privileges on functions to come";
    SCHEMA_CREATE "H0929" Warning "request role that may create";
    DEFINER_PATH "H0930" Warning "definer that searches where others create";
    DEFINER_PUBLIC "H0931" Warning "definer function for PUBLIC";
    VIEW_ACROSS "H0932" Warning "definer view of every tenant";
    VIEW_PUBLIC "H0933" Warning "definer view for PUBLIC";
    GIVEN_AWAY "H0934" Warning "update that gives its row away";
    CHECK_TRUE "H0935" Warning "check that every row passes";
    SELF_JOIN "H0936" Warning "membership that the caller enters";
    SELF_PROMOTE "H0937" Warning "right that its holder may change";
    AUDIT_ALTERED "H0938" Warning "audit that can be altered";
    SHARED_WRITTEN "H0939" Warning "shared rows that each tenant writes";
    TENANT_NULLABLE "H0940" Warning "tenant column that may be NULL";
    CALLER_ALONE "H0941" Warning "permit that asks the caller alone";
    LITERAL_CALLER "H0942" Warning "one caller by its key";
    PATTERN_CALLER "H0943" Warning "pattern that the caller writes";
    FOLDED "H0944" Warning "comparison with the caller that folds case";
    DISTINCT_NULL "H0945" Warning "NULL taken for a caller";
    DEFAULT_CALLER "H0946" Warning "constant in the place of a caller";
    SWALLOWED "H0947" Warning "permit that another one makes idle";
    DUPLICATE "H0948" Note "two permits that say the same";
    INHERITING_LOGIN "H0949" Warning "login with the rights of several groups";
    ADMIN_OPTION "H0950" Warning "membership that its member may pass on";
    IMMUTABLE_READS "H0951" Warning "immutable function that reads what changes";
    PREDICATE_PATH "H0952" Warning "policy function that searches where others create";
    MOVES_TENANT "H0953" Warning "update that may change the tenant";
    GRANT_WITHOUT_PERMIT "H0954" Warning "privilege that no permit opens";
    USER_METADATA "H0955" Warning "claim that the user writes";
    WRITE_ALL "H0956" Warning "every row may be changed";
    DEAD_PERMIT "H0957" Warning "permit that opens no row";
    IDLE_TRUE "H0958" Warning "restriction that refuses no row";
    SELF_ELEVATION "H0959" Warning "person who sets its own rights";
    DEFINER_USER "H0960" Warning "current_user where a definer reads";
    WRAPPED_COLUMN "H0961" Warning "function of the column in a comparison";
    CAST_COLUMN "H0962" Warning "cast of the column in a comparison";
    JSON_KEY "H0963" Warning "key inside a document decides";
    ROW_FUNCTION "H0964" Warning "function called for every row";
    CASE_RULE "H0965" Warning "CASE where conditions could stand";
    THROUGH_CHAIN "H0966" Warning "tenant more than one table away";
    ARRAY_COLUMN "H0967" Warning "caller searched in an array of the row";
    NOT_EQUAL "H0968" Warning "rule by what is not the caller's";
    OR_SCAN "H0969" Note "OR with a side that no index serves";
    UNUSED_FIELD "H0970" Note "context field that nothing asks";
    ASKS_OPEN "H0971" Warning "table that policies ask, open to writes";
    OWNER_LOGIN "H0972" Warning "owner that logs in";
    LOG_ACROSS "H0973" Warning "log that shows every tenant";
    EITHER_SIDE "H0974" Warning "row of which either side is the caller's";
    OPAQUE_DOOR "H0975" Note "function that reaches what is denied";
    LOG_SECRET "H0976" Warning "log that shows a secret";
    TENANT_FORGOTTEN "H0977" Warning "tenant column that nothing asks";
}

impl Code {
    /// Its line in the catalogue.
    #[must_use]
    pub fn entry(self) -> Option<&'static Entry> {
        CATALOGUE.iter().find(|entry| entry.code == self)
    }

    /// The code of that text.
    #[must_use]
    pub fn find(text: &str) -> Option<Code> {
        CATALOGUE.iter().map(|entry| entry.code).find(|code| code.0 == text)
    }
}
