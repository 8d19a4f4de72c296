//! Notable texts. In: types and texts. Out: what the servers do with them, as `tests/literals_live.rs` has seen it.

use super::{Input, KINDS, read};

/// The verdict in one word: `valid`, what it depends on, the SQLSTATE, or `unjudged`.
fn verdict(kind: &str, text: &str, major: u32) -> String {
    match read(kind, text, major) {
        Input::Valid => "valid".to_owned(),
        Input::Depends(on) => on.to_owned(),
        Input::Invalid { sqlstate, .. } => sqlstate.to_owned(),
        Input::Unjudged => "unjudged".to_owned(),
    }
}

/// Texts that are the same on every major.
#[rustfmt::skip]
const EVERYWHERE: &[(&str, &str, &str)] = &[
    ("bool", " TRUE ", "valid"), ("bool", "of", "valid"), ("bool", "o", "22P02"), ("bool", "", "22P02"), ("bool", "enabled", "22P02"),
    ("int4", " -2147483648 ", "valid"), ("int4", "2147483648", "22003"), ("int4", "1.5", "22P02"), ("int2", "32768", "22003"),
    ("int8", "", "22P02"), ("oid", "-1", "valid"), ("oid", "4294967296", "22003"),
    ("float8", "1e309", "22003"), ("float8", "1e-400", "22003"), ("float8", " -Infinity", "valid"), ("float8", "1,5", "22P02"),
    ("float4", "1e39", "22003"), ("numeric", "1e131072", "22003"), ("numeric", "NaN", "valid"), ("numeric", "+NaN", "22P02"),
    ("uuid", "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}", "valid"), ("uuid", "abc", "22P02"), ("uuid", "", "22P02"),
    ("bytea", "\\xdeadbeef", "valid"), ("bytea", "\\xabc", "22023"), ("bytea", "\\9", "22P02"), ("varbit", "xFg", "22P02"),
    ("inet", "10.0.0.1/33", "22P02"), ("inet", "::ffff:1.2.3.4/120", "valid"), ("inet", "10", "22P02"), ("cidr", "10", "valid"),
    ("cidr", "192.168.0.1/24", "22P02"), ("macaddr", "08:00:2b:01:02:03", "valid"), ("macaddr", "108:00:2b:01:02:03", "22003"),
    ("json", "\"\\u0000\"", "valid"), ("jsonb", "\"\\u0000\"", "22P05"), ("jsonb", "{a:1}", "22P02"), ("jsonb", "1e400000", "22003"),
    ("json", "\"\\ud800\"", "valid"), ("jsonb", "\"\\ud800\"", "22P02"), ("json", "", "22P02"),
    ("date", "2024-02-29", "valid"), ("date", "2024-02-30", "22008"), ("date", "2024-13-01", "22008"), ("date", "01/02/2024", "DateStyle"),
    ("date", "12/31/2024", "unjudged"), ("date", "20240131", "valid"), ("date", "2024.366", "valid"), ("date", "J2451187", "valid"),
    ("date", "4714-11-24 BC", "valid"), ("date", "4714-11-23 BC", "22008"), ("date", "5874897-12-31", "valid"), ("date", "5874898-01-01", "22008"),
    ("date", "today", "the time of the statement"), ("date", "never", "22007"), ("date", "", "22007"), ("date", "infinity", "valid"),
    ("timestamp", "2024-01-31T10:00:00Z", "valid"), ("timestamp", "2024-01-31 24:00:00", "valid"), ("timestamp", "2024-01-31 24:00:01", "22008"),
    ("timestamp", "294277-01-01", "22008"), ("timestamp", "2024-01-31 10:00 Europe/Paris", "unjudged"),
    ("timestamptz", "2024-01-31 10:00", "TimeZone"), ("timestamptz", "2024-01-31 10:00+02", "valid"), ("timestamptz", "2024-01-31 10:00+16", "22009"),
    ("timestamptz", "2024-01-31 10:00 PST", "timezone_abbreviations"), ("timestamptz", "now", "the time of the statement"),
    ("time", "25:00", "22008"), ("time", "04:05 PM", "valid"), ("time", "10", "22007"), ("timetz", "10:00", "TimeZone"), ("timetz", "10:00+02", "valid"),
    ("interval", "1 day ago", "valid"), ("interval", "1-2", "valid"), ("interval", "3 4:05:06", "valid"), ("interval", "P1Y2M3DT4H5M6S", "valid"),
    ("interval", "1 fortnight", "22007"), ("interval", "1-13", "22015"), ("interval", "178956971 years", "22008"), ("interval", "1:60", "22015"),
    ("interval", "", "22007"), ("point", "(1,2)", "valid"), ("circle", "<(1,2),-1>", "22P02"), ("line", "{0,0,1}", "22P02"),
    ("_int4", "{1,NULL,\"3\"}", "valid"), ("_int4", "{1,x}", "22P02"), ("_int4", "1,2", "22P02"), ("_int4", "{{1,2},{3}}", "22P02"),
    ("_text", "{a b, \"c\\\"d\"}", "valid"), ("_text", "{a\"b}", "22P02"), ("_text", "[1:2]={a,b}", "valid"), ("_text", "[2:1]={a}", "2202E"),
    ("_int4", "{{{{{{{1}}}}}}}", "54000"), ("_int4", "{2147483648}", "22003"), ("_date", "{today}", "the time of the statement"),
    ("int4range", "[1,5)", "valid"), ("int4range", "[5,1)", "22000"), ("int4range", "[1,2147483647]", "22003"), ("int4range", "1,5", "22P02"),
    ("daterange", "[2024-01-01,)", "valid"), ("tstzrange", "[2024-01-01 10:00+00,2024-01-01 09:00-05)", "valid"),
    ("int4multirange", "{[1,2),[3,4)}", "valid"), ("int4multirange", "{[5,1]}", "22000"), ("int4multirange", "{[1,2)", "22P02"),
    ("regclass", "orders", "unjudged"), ("regclass", "1259", "valid"), ("xml", "<a/>", "unjudged"), ("_xml", "{", "unjudged"), ("money", "12", "lc_monetary"),
    ("text", "", "valid"), ("name", "x", "valid"), ("pg_lsn", "16/B374D848", "valid"), ("pg_lsn", "16", "22P02"),
];

#[test]
fn texts_that_are_the_same_on_every_major() {
    for (kind, text, expected) in EVERYWHERE {
        for major in 14..=18 {
            assert_eq!(verdict(kind, text, major), *expected, "{kind} {text:?} on {major}");
        }
    }
}

#[test]
fn texts_that_differ_by_major() {
    for (kind, text, before, after, since) in [
        ("int4", "0x1F", "22P02", "valid", 16),
        ("int8", "1_000", "22P02", "valid", 16),
        ("numeric", "0b101", "22P02", "valid", 16),
        ("numeric", "1e 5", "valid", "22P02", 16),
        ("oid", "010", "valid", "valid", 16),
        ("oid", "08", "valid", "22P02", 16),
        ("date", "+infinity", "22007", "valid", 16),
        ("date", "2024-01-01 epoch", "valid", "22007", 16),
        ("interval", "infinity", "22007", "valid", 17),
        ("interval", "1 day hour", "valid", "22007", 17),
        ("_int4", "{{},{}}", "22P02", "valid", 17),
        ("time", "10:00:00.", "22007", "valid", 15),
    ] {
        assert_eq!(verdict(kind, text, since - 1), before, "{kind} {text:?} before {since}");
        assert_eq!(verdict(kind, text, since), after, "{kind} {text:?} since {since}");
    }
}

#[test]
fn messages_are_those_of_the_server() {
    for (kind, text, expected) in [
        ("uuid", "abc", "invalid input syntax for type uuid: \"abc\""),
        ("int2", "99999", "value \"99999\" is out of range for type smallint"),
        ("date", "2024-02-30", "date/time field value out of range: \"2024-02-30\""),
        ("timestamptz", "x", "invalid input syntax for type timestamp with time zone: \"x\""),
        ("timestamp", "294277-01-01", "timestamp out of range: \"294277-01-01\""),
        ("_int4", "{1", "malformed array literal: \"{1\""),
    ] {
        assert!(matches!(read(kind, text, 17), Input::Invalid { message, .. } if message == expected), "{kind} {text:?}");
    }
}

#[test]
fn every_text_has_an_answer() {
    let texts = ["", " ", "\u{e9}", "\\", "\"", "{", "[", "(", "-", "+", ".", "0", ":", "\u{0}", "1e", "P", "T", "<", ",", "/"];
    for kind in KINDS {
        for text in texts.iter().flat_map(|a| texts.iter().map(move |b| format!("{a}{b}"))) {
            let nested = [text.clone(), format!("{{{text}}}")];
            nested.iter().for_each(|text| drop((read(kind, text, 14), read(kind, text, 18), read(&format!("_{kind}"), text, 18))));
        }
    }
}
