//! What is true of most values and not of all: each was proved once, and has a row on a server.

use crate::proved;
use crate::traps::open;

#[test]
fn an_infinite_moment_has_no_time_of_day() {
    open("true", "created_at::time IS NOT NULL");
    open("CASE WHEN until::time IS NULL THEN true ELSE tenant_id = ctx.tenant_id END AND until IS NOT NULL", "tenant_id = ctx.tenant_id");
    proved("true", "created_at::date IS NOT NULL");
}

#[test]
fn rows_that_are_written_out_compare_with_null() {
    open("true", "(n, level) < (1, 2) OR (n, level) >= (1, 2)");
    open("((n, level) < (1, 2)) IS NULL", "false");
    open("true", "((n, level) BETWEEN (1, 1) AND (2, 2)) IS NOT NULL");
    proved("(n, level) < (1, 2)", "n <= 1");
    proved("(n, level) <= (1, 2) AND n = 1", "level <= 2");
    open("(n, level) <= (1, 2) AND n = 1", "level < 2");
    proved("(n, level) > (ctx.level, 2)", "n >= ctx.level");
}

#[test]
fn rows_elsewhere_are_one_value() {
    open("NOT (((n, 1), 2) = ((1, 1), 2))", "n IS NOT NULL");
    open("NOT ((n, level) = ANY (ARRAY[(1, 2)]))", "n IS NOT NULL");
    open("CASE (n, 1) WHEN (ctx.level, 1) THEN true ELSE false END", "n IS NOT NULL");
    open("((n, 1), 2) IS NOT DISTINCT FROM ((ctx.level, 1), 2)", "n IS NOT NULL");
    proved("(n, level) IN ((1, 2), (3, 4))", "n = 1 OR n = 3");
}

#[test]
fn a_cast_that_cuts_or_rounds() {
    open("short = ANY ('{abc}'::character[])", "short = 'abc'");
    open("short = ANY (ARRAY['abc']::character[])", "short = 'abc'");
    open("status::pair = 'ab'", "status = 'ab'");
    open("status::tiny = 'ab'", "status = 'ab'");
    open("amount::tenth = 1.2", "amount = 1.2");
    open("'1.25'::tenth = amount", "amount = 1.25");
}

#[test]
fn names_and_texts_are_equal_and_not_ordered_the_same() {
    open("nick = status AND nick < ANY (tags)", "status < ANY (tags)");
    open("nick = status AND EXISTS (SELECT 1 FROM m WHERE m.role < self.nick)", "EXISTS (SELECT 1 FROM m WHERE m.role < self.status)");
    let least = |column: &str| format!("tags = ARRAY(SELECT m.role FROM m WHERE m.role < self.{column})");
    open(&format!("nick = status AND {}", least("nick")), &least("status"));
    let typed = |column: &str| format!("EXISTS (SELECT 1 FROM m WHERE m.role = pg_typeof(self.{column})::text)");
    open(&format!("level = count AND {}", typed("level")), &typed("count"));
}

#[test]
fn many_arguments_that_may_be_null() {
    let any = |last: u32| format!("tags && ARRAY[tags[1], tags[2], tags[3], tags[4], tags[5], tags[{last}]]");
    open(&any(6), &any(7));
    proved(&any(6), &any(6));
    open("true", "path '((0,0),(1,1))' + path '((0,0),(1,1))' IS NOT NULL");
}

#[test]
fn a_subquery_has_the_collation_of_its_column() {
    let of = |what: &str| format!("{what} (SELECT (m.role COLLATE \"any\")::text FROM m WHERE m.user_id = ctx.user_id)");
    open(&format!("status = {} AND code = {}", of(""), of("")), "status = code");
    open(&format!("tags = {} AND ARRAY[status] = {}", of("ARRAY"), of("ARRAY")), "tags = ARRAY[status]");
}

#[test]
fn a_list_has_one_type() {
    open("amount::real IN (0.1, 0.2)", "amount::real = 0.1 OR amount::real = 0.2");
    open("short IN ('x', 'b '::text)", "short = 'x' OR short = 'b '::text");
    proved("amount::real IN (0.5)", "amount::real = 0.5");
    proved("short IN ('a', 'b')", "short = 'a' OR short = 'b'");
    proved("level IN (1, 3000000000, 2.5)", "level = 1 OR level = 3000000000");
    proved("status IN ('a', code, name)", "status = 'a' OR status = code OR status = name");
}
