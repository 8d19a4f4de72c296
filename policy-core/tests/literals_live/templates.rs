//! Forms of texts for each type. `<..>` stands for a part that the generator makes.

/// A type, its forms, and the characters that mutations put into them.
pub(crate) type Forms = (&'static str, &'static [&'static str], &'static str);

pub(crate) const FORMS: &[Forms] = &[
    ("bool", &["true", "false", "t", "f", "yes", "no", "on", "off", "1", "0", " TRUE ", "Yes", "oN", "of", "enabled"], "truefalsyno10 \t"),
    ("int2", &["<int>", "<s><int>", " <int> ", "0x<hex>", "0o17", "0b101", "1_000", "32767", "-32768", "32768"], "0123456789-+_xob .e"),
    ("int4", &["<int>", "<s><int>", " <int> ", "0x<hex>", "0o17", "0B101", "1_0_0", "2147483647", "-2147483648", "2147483648"], "0123456789-+_xob .e"),
    ("int8", &["<int>", "<s><int>", " <int> ", "0x<hex>", "0O17", "9_223", "9223372036854775807", "-9223372036854775808", "9223372036854775808"], "0123456789-+_xob .e"),
    ("oid", &["<int>", "<s><int>", " <int> ", "0x<hex>", "017", "4294967295", "4294967296", "-2147483648", "-2147483649", "18446744073709551615"], "0123456789-+_x "),
    ("float4", &["<float>", "<s><float>", " <float> ", "1e38", "3.5e38", "1e-45", "1e-46", "NaN", "Infinity", "-inf", ".5", "5."], "0123456789-+.eEinfa "),
    ("float8", &["<float>", "<s><float>", " <float> ", "1.7e308", "1.9e308", "5e-324", "1e-325", "nan", "infinity", "+INF", ".5", "5."], "0123456789-+.eEinfa "),
    ("numeric", &["<float>", "<s><float>", " <float> ", "1e131071", "1e131072", "1e-16383", "1e-16384", "NaN", "Infinity", "-inf", "1_000.5_0", "0x<hex>", "1e 5", "<int>"], "0123456789-+.eE_xinfa "),
    ("money", &["<int>", "123", "$1.5", "1,000"], "0123456789"),
    ("uuid", &["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc999c0b4ef8bb6d6bb9bd380a11}", "A0EEBC999C0B4EF8BB6D6BB9BD380A11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", "00000000-0000-0000-0000-000000000000", "<word>"], "0123456789abcdef-{}g"),
    ("bytea", &["\\xdeadBEEF", "\\x", "\\x de ad", "abc", "a\\\\b", "\\000\\377", "é"], "\\x0123456789abcdefg "),
    ("bit", &["101", "b101", "B0", "x1F", "Xab", ""], "01bBxXaF2g"),
    ("varbit", &["101", "b101", "B0", "x1F", "Xab", ""], "01bBxXaF2g"),
    ("pg_lsn", &["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "123456789/0", "1/"], "0123456789ABCDEFabcdef/ "),
    ("inet", &["192.168.0.1", "192.168.0.1/24", "10/8", "10.1/16", "::1", "::/0", "2001:db8::1/64", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "fe80::1.2.3", "10.0.0.<int>/<int>", "1.2.3.4."], "0123456789abcdef.:/x "),
    ("cidr", &["192.168.0.0/24", "10", "192.168", "10/8", "0x0a/8", "0x0A0B", "224", "::1", "2001:db8::/32", "2001:db8::1/32", "::ffff:1.2.3.0/120", "10.0.0.<int>/<int>", "1:2:3:4:5:6:7:8"], "0123456789abcdef.:/x "),
    ("macaddr", &["08:00:2b:01:02:03", "08-00-2b-01-02-03", "08002b:010203", "08002b-010203", "0800.2b01.0203", "0800-2b01-0203", "08002b010203", "8:0:2b:1:2:3", "108:00:2b:01:02:03"], "0123456789abcdef:-. +g"),
    ("macaddr8", &["08:00:2b:01:02:03:04:05", "08-00-2b-01-02-03-04-05", "08002b:0102030405", "0800.2b01.0203.0405", "08002b0102030405", "08:00:2b:01:02:03", " 08002b010203 "], "0123456789abcdef:-. g"),
    ("json", &["<json>", " <json> ", "{\"a\": <json>, \"b\": <json>}", "[<json>, <json>]", "\"\\u00e9\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\ud83d\"", "-1.5e10", "nul", "1e400000", "{\"a\":[1,2,{\"b\":null}]}"], "{}[]\":,\\u0123456789.eE-+truefalsn "),
    ("jsonb", &["<json>", " <json> ", "{\"a\": <json>, \"b\": <json>}", "[<json>, <json>]", "\"\\u00e9\\ud83d\\ude00\"", "\"\\u0000\"", "\"\\ud83d\"", "-1.5e10", "nul", "1e400000", "[1e400000, x]", "{\"a\":[1,2,{\"b\":null}]}"], "{}[]\":,\\u0123456789.eE-+truefalsn "),
    ("text", &["<word>", ""], "abc"),
    ("name", &["<word>", ""], "abc"),
    ("date", DATES, STAMP),
    ("timestamp", STAMPS, STAMP),
    ("timestamptz", STAMPS, STAMP),
    ("time", TIMES, STAMP),
    ("timetz", TIMES, STAMP),
    ("interval", SPANS, "0123456789:-+. daysmonthyerPTYMDHWSagoc,@"),
    ("point", &["(<float>,<float>)", "<float>,<float>", " ( 1 , 2 ) ", "(1e400,1)"], SHAPE),
    ("lseg", &["[(1,2),(3,4)]", "(1,2),(3,4)", "((1,2),(3,4))", "1,2,3,4", "[<float>,2,3,4]"], SHAPE),
    ("box", &["(1,2),(3,4)", "((1,2),(3,4))", "1,2,3,4", "(<float>,2,3,4)"], SHAPE),
    ("path", &["[(1,2),(3,4),(5,6)]", "((1,2),(3,4))", "(1,2),(3,4)", "1,2,3,4,5,6", "(1,2)", "(1,2,3,4)"], SHAPE),
    ("polygon", &["((1,2),(3,4),(5,6))", "(1,2),(3,4)", "1,2,3,4", "(1,2)"], SHAPE),
    ("circle", &["<(1,2),3>", "((1,2),3)", "(1,2),3", "1,2,3", "<(1,2),-3>", "<1,2,<float>>"], SHAPE),
    ("line", &["{1,2,3}", "[(1,2),(3,4)]", "(1,2),(3,4)", "((1,2),(3,4))", "1,2,3,4", "{0,0,1}", "1,2,1,2"], SHAPE),
    ("regclass", &["<int>", "-", "123", "<word>", "4294967296", "08"], "0123456789-"),
    ("int4range", &["<b><int>,<int><e>", "<b><int>,<e>", "<b>,<int><e>", "empty", " empty ", "[1,2147483647]", "(2147483647,]", "[\"1\",\"5\")"], RANGE),
    ("int8range", &["<b><int>,<int><e>", "<b><int>,<e>", "empty", "[1,9223372036854775807]", "(,)"], RANGE),
    ("numrange", &["<b><float>,<float><e>", "<b>1.5,NaN<e>", "<b>-inf,inf<e>", "[1.10,1.1]", "(1.1,1.10)", "<b>,<float><e>"], RANGE),
    ("daterange", &["<b><date>,<date><e>", "<b><date>,<e>", "[2024-01-01,2024-02-01)", "[infinity,infinity]", "[2024-01-01,today]", "<b>\"<date>\",<e>"], RANGE),
    ("tsrange", &["<b><date> <time>,<date> <time><e>", "[2024-01-01 10:00,2024-01-01 11:00)", "<b>\"<date> <time>\",<e>"], RANGE),
    ("tstzrange", &["<b><date> <time><zone>,<date> <time><zone><e>", "[2024-01-01 10:00,2024-01-01 11:00)", "[2024-01-01 10:00+00,2024-01-01 09:00-05)", "<b>\"<date> <time>\",<e>"], RANGE),
    ("int4multirange", &["{}", "{<b><int>,<int><e>}", "{[1,2),(3,4]}", "{[1,2), empty}", "{[\"1\",2], [3,\\4)}", "{[5,1]}"], "{}[](),0123456789empty\\\" "),
    ("datemultirange", &["{[2024-01-01,2024-02-01)}", "{<b><date>,<date><e>,<b><date>,<e>}", "{(,),empty}"], "{}[](),0123456789-empty\\\" "),
    ("nummultirange", &["{[1.5,2.5)}", "{<b><float>,<float><e>,[1,2]}"], "{}[](),0123456789.-empty\\\" "),
    ("tstzmultirange", &["{[2024-01-01 10:00+00,2024-02-01)}", "{<b><date> <time><zone>,<e>}"], "{}[](),0123456789-:+empty\\\" "),
];

const SHAPE: &str = "0123456789.,()[]<>{} -e";
const RANGE: &str = "0123456789,[]()\"\\ -.empty";
const STAMP: &str = "0123456789-/:.+ TZadjmonpbcu,";

const DATES: &[&str] = &[
    "<date>", "<date>", "<date>", "<date> <era>", "<dateword>", "<date> <time>", "<date>T<time><zone>", "<dow> <date>", "<date> <dow>", "<julian>", "<date><zone>", "<garbage>",
];
const STAMPS: &[&str] = &[
    "<date> <time>", "<date> <time><zone>", "<date>T<time><zone>", "<date> <time> <zone>", "<date>", "<dateword>", "<date> <time> <half>", "<date> <time> <era>", "<dow> <mon> <d> <time> <y>",
    "<dow> <mon> <d> <time> <zone> <y>", "<julian>", "<julian> <time>", "<dateword> <time>", "<y><mm><dd>T<hh><mi><ss><zone>", "<y><mm><dd> <hh><mi><ss>", "<y><mm><dd>T<hh><mi><ss>.<int>", "<y><mm><dd><hh><mi><ss>", "<time> <date>", "<date> <hh><mi><ss><zone>",
    "<date> at <time>", "<garbage>", "<date> <time><zone> <era>", "<date>T<hh><mi>", "<date> <garbage>",
];
const TIMES: &[&str] = &[
    "<time>", "<time>", "<time><zone>", "<time> <zone>", "<time> <half>", "<hh><mi><ss>", "<hh><mi>", "<hh><mi><ss><zone>", "<date> <time><zone>", "allballs", "now", "T<time>", "<hh><mi><ss>.<int>", "<time> <half> <zone>", "<date> <time>", "<garbage>", "t<hh><mi><ss>",
];
const SPANS: &[&str] = &[
    "<n> <unit>", "<n> <unit>", "<n><unit>", "<n> <unit> <n> <unit>", "<n> <unit> <n> <unit> <n> <unit>", "<n> <unit> ago", "@ <n> <unit> ago", "<n> <unit> <time>", "<n> <unit> <s><time>", "<time>", "<s><time>", "<n>-<n>", "<n>-<n> <n> <time>", "<n> <time>", "<n>",
    "P<n>Y<n>M<n>DT<n>H<n>M<n>S", "P<n>D", "PT<n>H<n>M", "P<n>W", "P<y>-<mm>-<dd>T<hh>:<mi>:<ss>", "P<y><mm><dd>T<hh><mi><ss>", "P<n>Y", "PT<n>S", "infinity", "-infinity", "<unit>", "<garbage>", "P<n>", "PT<n>", "1 day, 2 hours",
];
