//! What looks like a proof and is none: each has a row on a server.

use crate::small::small;
use crate::{asked, proved};

/// There is such a row, or it is not known: in no case is there a proof.
#[track_caller]
pub(crate) fn open(from: &str, to: &str) {
    let world = small();
    let verdict = asked(&world, from, to);
    assert!(!verdict.is_never(), "{from}  =>  {to}: proved");
}

#[test]
fn a_range_without_a_bound_has_none() {
    open("true", "lower(span) IS NOT NULL");
    open("true", "upper(span) = upper(span)");
    proved("true", "lower(status) IS NOT NULL");
}

#[test]
fn a_collation_goes_where_its_text_goes() {
    open("lower(status COLLATE \"tr-x-icu\") = 'i'", "lower(status) = 'i'");
    open("(status COLLATE \"any\") || 'x' = 'ax'", "status || 'x' = 'ax'");
    open("coalesce(status COLLATE \"any\", '') = 'a'", "status = 'a'");
    open("nullif(status COLLATE \"any\", '') = 'a'", "status = 'a'");
    open("CASE WHEN archived THEN status COLLATE \"any\" ELSE 'a' END = 'a'", "status = 'a' OR NOT archived");
    open("status COLLATE \"any\" = ANY (tags)", "status = ANY (tags)");
    open("nick::text < 'b' AND nick::text = status", "status < 'b'");
    proved("lower(status COLLATE \"C\") = 'i'", "lower(status COLLATE \"C\") = 'i'");
}

#[test]
fn names_are_no_words() {
    open("true", "self.current_user = current_user");
    proved("self.current_user = current_user", "current_user = self.current_user");
}

#[test]
fn days_begin_at_midnight_before_2000_too() {
    open("day = date '1999-12-31'", "day = date '2000-01-01'");
    open("day = '1999-12-31 12:00'", "day = date '2000-01-01'");
}

#[test]
fn arrays_of_nothing_and_of_null() {
    open("NOT (level = ANY (NULL)) IS TRUE", "false");
    proved("NOT (n = ANY ('{1,NULL}'))", "false");
    open("name <> ALL (tags)", "name IS NOT NULL");
    open("NOT (name = ANY (tags))", "name IS NOT NULL");
    open("tags <@ ARRAY['a']", "'a' = ANY (tags)");
    proved("n NOT IN (1, NULL)", "false");
    proved("n <> ALL ('{1,NULL}')", "false");
}

#[test]
fn equal_is_not_the_same() {
    open("amount = 1 AND amount::text = '1.0'", "false");
    open("short = 'a' AND short::text <> 'a'", "short = 'b'");
    open("level::numeric / 2 = 0.5", "level / 2 = 0");
    open("created_at + interval '1 month' > until", "created_at + interval '30 days' > until");
    open("day + 1 > day", "false");
}

#[test]
fn a_row_that_is_not_joined_has_no_columns() {
    let joined = "EXISTS (SELECT 1 FROM m LEFT JOIN o ON o.team_id = m.team_id WHERE m.tenant_id = self.tenant_id AND";
    open(&format!("{joined} o.tenant_id IS NULL)"), "false");
    open("(SELECT m.tenant_id FROM m WHERE m.user_id = ctx.user_id) IS NULL", "false");
    open("tenant_id <> ALL (SELECT m.tenant_id FROM m)", "EXISTS (SELECT 1 FROM m WHERE m.tenant_id <> self.tenant_id)");
    open("NOT EXISTS (SELECT 1 FROM m WHERE m.tenant_id = self.tenant_id)", "false");
}

#[test]
fn a_body_is_its_own_with_all_that_it_reads() {
    open("EXISTS (SELECT 1 FROM m WHERE m.user_id = self.owner_id)", "EXISTS (SELECT 1 FROM m WHERE m.user_id = self.team_id)");
    open(
        "EXISTS (SELECT 1 FROM m WHERE m.user_id = self.owner_id AND m.team_id = self.team_id)",
        "EXISTS (SELECT 1 FROM m WHERE m.user_id = self.team_id AND m.team_id = self.owner_id)",
    );
    open(
        "EXISTS (SELECT 1 FROM m WHERE EXISTS (SELECT 1 FROM m AS k WHERE k.user_id = m.boss))",
        "EXISTS (SELECT 1 FROM m WHERE EXISTS (SELECT 1 FROM m AS k WHERE m.user_id = k.boss AND k.active))",
    );
    open(
        "EXISTS (SELECT DISTINCT m.role FROM m LEFT JOIN o ON o.user_id = m.user_id)",
        "EXISTS (SELECT 1 FROM m JOIN o ON o.user_id = m.user_id)",
    );
    open("tenant_id = (SELECT m.tenant_id FROM m WHERE m.active)", "tenant_id = (SELECT m.tenant_id FROM m)");
}
