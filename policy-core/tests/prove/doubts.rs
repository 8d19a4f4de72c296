//! What is true of most values and not of all: each has a row on a server.

use crate::asked;
use crate::small::small;

fn try_open(from: &str, to: &str) -> Option<String> {
    let world = small();
    let verdict = asked(&world, from, to);
    verdict.is_never().then(|| format!("PROVED {from}  =>  {to}"))
}

#[test]
fn scratch() {
    let cases = [
        ("status::pair = 'ab'", "status = 'ab'"),
        ("status::tiny = 'ab'", "status = 'ab'"),
        ("status::tiny = 'ab'", "status::pair = 'ab'"),
        ("amount::tenth = 1.2", "amount = 1.2"),
        ("'1.25'::tenth = amount", "amount = 1.25"),
        ("'abc'::pair = status", "status = 'abc'"),
        ("status = ANY ('{abc}'::pair[])", "status = 'abc'"),
        ("status = ANY ((ARRAY['abc']::pair[])::text[])", "status = 'abc'"),
        ("NOT (((n, 1), 2) = ((1, 1), 2))", "n IS NOT NULL"),
        ("NOT ((n, level) = ANY (ARRAY[(1, 2)]))", "n IS NOT NULL"),
        ("CASE (n, level) WHEN (1, 2) THEN false ELSE true END IS NULL", "false"),
        ("CASE (n, 1) WHEN (ctx.level, 1) THEN true ELSE false END", "n IS NOT NULL"),
        ("coalesce(nullif((n, 1), (ctx.level, 1)) = (NULL::integer, 1), false)", "false"),
        ("((n, 1), 2) IS DISTINCT FROM ((NULL::integer, 1), 2)", "n IS NOT NULL"),
        ("((n, 1), 2) IS NOT DISTINCT FROM ((NULL::integer, 1), 2)", "false"),
        ("tags && ARRAY[(SELECT (m.role COLLATE \"any\")::text FROM m WHERE m.user_id = ctx.user_id)]", "false"),
        (
            "status = (SELECT (m.role COLLATE \"any\")::text FROM m WHERE m.user_id = ctx.user_id) AND code = (SELECT (m.role COLLATE \"any\")::text FROM m WHERE m.user_id = ctx.user_id)",
            "status = code",
        ),
        (
            "tags = ARRAY(SELECT (m.role COLLATE \"any\")::text FROM m) AND ARRAY[status] = ARRAY(SELECT (m.role COLLATE \"any\")::text FROM m)",
            "tags = ARRAY[status]",
        ),
        ("(n, level) <= (1, 2) AND n = 1", "level <= 2"),
        ("(n, level) <= (1, 2) AND n = 1", "level < 2"),
        ("(n, level) > (ctx.level, 2)", "n >= ctx.level"),
        (
            "tags && ARRAY[tags[1], tags[2], tags[3], tags[4], tags[5], tags[6]]",
            "tags && ARRAY[tags[1], tags[2], tags[3], tags[4], tags[5], tags[6]]",
        ),
        ("level = 1 AND created_at::time IS NULL", "created_at::time IS NULL"),
    ];
    for (from, to) in cases {
        let result = std::panic::catch_unwind(|| try_open(from, to));
        match result {
            Ok(Some(text)) => println!("{text}"),
            Ok(None) => println!("open   {from}  =>  {to}"),
            Err(_) => println!("REFUSED {from} => {to}"),
        }
    }
}
