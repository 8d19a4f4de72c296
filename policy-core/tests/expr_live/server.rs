//! The table, and a function that says what PostgreSQL makes of an expression on each of its rows.

use policy_core::testing::{Database, Server};
use sqlx::{AssertSqlSafe, PgConnection};

/// Columns of many types, rows with NULLs in them; `probe` answers with the type and the value on each row, or, where the
/// whole fails, with the value or the SQLSTATE of each row. An error of class 42 is the same on every row.
const TABLES: &str = r#"
CREATE TABLE t (
    id int PRIMARY KEY, i int, b bigint, n numeric, r double precision, s text, v varchar(20), c char(5), f boolean, g boolean, u uuid,
    d date, ts timestamp, tz timestamptz, iv interval, j jsonb, js json, ia int[], ta text[], ip inet, by bytea, rng int4range
);
INSERT INTO t VALUES
    (1, 1, 1, 1.5, 0.5, 'a', 'ab', 'ab', true, true, '11111111-1111-4111-8111-111111111111', '2024-01-31', '2024-01-31 10:00', '2024-01-31 10:00+00',
        '1 day', '{"a": 1, "n": 7, "o": {"x": "y"}, "l": [1, 2]}', '{"a": 1, "o": {"x": "y"}}', '{1,2}', '{a,b}', '10.0.0.1', '\x00ff', '[1,5)'),
    (2, 3, 2, -2.5, 1e10, 'public', 'a', 'a', false, true, '22222222-2222-4222-8222-222222222222', '2024-02-29', '2024-02-29 23:30', '2024-02-29 23:30+00',
        '-2 hours', '{"a": "x", "n": 3}', '{"a": "x"}', '{3,NULL}', '{p%,NULL}', '192.168.0.1', '\x', '[3,9)'),
    (3, 0, -1, 0, 0, '', '', '', NULL, false, NULL, '1999-12-31', '1999-12-31', '1999-12-31 00:00+00', '0', '[1, 2, "a"]', '[]', '{}', '{}', NULL, '\x41', 'empty'),
    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, -7, 9000000000, 12345.678, -3.25, 'It''s 100%_\', 'UTC', 'zz', true, NULL, '11111111-1111-4111-8111-111111111111', NULL, '2030-06-01', NULL,
        NULL, '"a"', NULL, '{2,3,-7}', '{UTC}', 'fe80::1', NULL, '(,0)'),
    (6, 2, NULL, 2, 2, 'UTC', NULL, 'UTC', true, false, '33333333-3333-4333-8333-333333333333', '2024-01-01', NULL, '2024-01-01+00', '1 mon', '{}', '{}', NULL, '{a,NULL}', '10.0.0.0/8', '\x00', '[2,3)'),
    (7, 2147483647, -9223372036854775808, 1e20, 'NaN', 'a/b', '10', '10', false, false, '44444444-4444-4444-8444-444444444444', 'infinity', 'infinity', '-infinity',
        '1 year', 'null', 'null', '{2147483647}', '{a/b}', '::1', '\xff', NULL);
CREATE TABLE m (id int PRIMARY KEY, team int, who uuid, tag text, ok boolean);
INSERT INTO m VALUES
    (1, 1, '11111111-1111-4111-8111-111111111111', 'a', true), (2, 3, '22222222-2222-4222-8222-222222222222', 'public', false),
    (3, NULL, NULL, NULL, NULL), (4, 2, '11111111-1111-4111-8111-111111111111', 'UTC', true);
CREATE FUNCTION probe(e text) RETURNS text LANGUAGE plpgsql AS $f$
DECLARE
    answer text;
    one text;
    code text;
    k int;
BEGIN
    BEGIN
        EXECUTE format('SELECT min(pg_typeof(x)::text) || '': '' || string_agg(coalesce(quote_literal(x::text), ''~''), '' '' ORDER BY id) FROM (SELECT t.id, (%s) AS x FROM t) AS q', e)
            INTO answer;
        RETURN answer;
    EXCEPTION WHEN OTHERS THEN
        code := SQLSTATE;
    END;
    IF code LIKE '42%' THEN
        RETURN '!' || code;
    END IF;
    FOR k IN 1 .. 7 LOOP
        BEGIN
            EXECUTE format('SELECT coalesce(quote_literal((%s)::text), ''~'') FROM t WHERE t.id = %s', e, k) INTO one;
        EXCEPTION WHEN OTHERS THEN
            one := '!' || SQLSTATE;
        END;
        answer := concat_ws(' ', answer, one);
    END LOOP;
    RETURN answer;
END
$f$;
SET TimeZone = 'America/New_York';
SELECT set_config('ctx.user_id', '11111111-1111-4111-8111-111111111111', false), set_config('ctx.n', '3', false), set_config('ctx.name', 'UTC', false),
    set_config('ctx.flag', 'true', false), set_config('ctx.ids', '{11111111-1111-4111-8111-111111111111,33333333-3333-4333-8333-333333333333}', false),
    set_config('ctx.nums', '{1,3,NULL}', false), set_config('ctx.names', '{a,UTC}', false), set_config('ctx.since', '2024-01-15', false);
"#;

pub(crate) async fn prepare() -> (Database, PgConnection) {
    let server = Server::shared().unwrap_or_else(|error| panic!("{error}"));
    let database = server.database().await.unwrap();
    let mut conn = database.connect(database.superuser()).await.unwrap();
    sqlx::raw_sql(TABLES).execute(&mut conn).await.unwrap();
    (database, conn)
}

/// What PostgreSQL makes of each text, and of the text beside it.
pub(crate) async fn answers(conn: &mut PgConnection, texts: &[String], ours: &[Option<String>]) -> Vec<(String, Option<String>)> {
    let sql = "SELECT probe(a), probe(b) FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u (a, b, n) ORDER BY n";
    sqlx::query_as(AssertSqlSafe(sql)).bind(texts).bind(ours).fetch_all(conn).await.unwrap()
}
