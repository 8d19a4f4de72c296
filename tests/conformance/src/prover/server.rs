//! Random policies on servers. In: servers, random policies. Out: whether the rows that a role sees are those of our evaluator and of the
//! formulas, decision by decision. Must not know: how either comes to its word.

use std::collections::{BTreeMap, BTreeSet};

use policy_core::model::{Expr, Node, Notate, PolicySet, Routine, Source};
use policy_core::plan::Index;
use policy_core::prove::Facts;
use policy_core::prove::encode::encode;
use policy_core::prove::evaluate::{self, Columns, Row, Value};
use policy_core::render::expr::predicate;
use policy_core::testing::Server;
use policy_core::typing::{Given, Names, Signature, World};
use sqlx::{AssertSqlSafe, PgConnection};

use super::circuit::{of, truths};
use super::part::{Count, Sample};
use super::policies::{MOODS, Writer};
use crate::rng::Rng;
use crate::universe::kind;
use crate::{Failure, block_on};

const P: &[(&str, &str)] =
    &[("a", "int"), ("b", "int"), ("u", "text"), ("f", "boolean"), ("e", "public.mood"), ("k", "uuid"), ("tags", "text[]")];
const M: &[(&str, &str)] = &[("a", "int"), ("u", "text")];

/// Every combination of some values and NULL.
const ROWS: &str = "CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy'); CREATE TABLE public.m (a int, u text);
    INSERT INTO public.m VALUES (1, 'x'), (2, 'y'), (NULL, 'x'), (1, NULL);
    CREATE TABLE public.p (id int GENERATED ALWAYS AS IDENTITY, a int, b int, u text, f boolean, e public.mood, k uuid, tags text[]);
    INSERT INTO public.p (a, b, u, f, e, k, tags) SELECT a, b, u, f, e, k, tags FROM
        (VALUES (NULL), (0), (1), (2)) AS q1 (a), (VALUES (NULL), (0), (1), (2)) AS q2 (b),
        (VALUES (NULL), ('x'), ('y'), ('')) AS q3 (u), (VALUES (NULL), (true), (false)) AS q4 (f),
        (VALUES (NULL::public.mood), ('sad'), ('ok'), ('happy')) AS q5 (e),
        (VALUES (NULL::uuid), ('11111111-1111-4111-8111-111111111111'), ('22222222-2222-4222-8222-222222222222')) AS q6 (k),
        (VALUES (NULL::text[]), ('{}'), ('{x}'), ('{y,NULL}')) AS q7 (tags);
    ALTER TABLE public.p ENABLE ROW LEVEL SECURITY";

/// A row of the table as it is read: the key, then the columns.
type Read = (i32, Option<i32>, Option<i32>, Option<String>, Option<bool>, Option<String>, Option<String>, Option<Vec<Option<String>>>);

/// The names of the two tables.
struct Tables {
    world: World,
}

impl Tables {
    fn given(&self, all: &[(&str, &str)], name: &str) -> Option<Given> {
        let (_, text) = all.iter().find(|(own, _)| *own == name)?;
        Some(Given { kind: self.world.find(&kind(text).ok()?), nullable: true })
    }
}

impl Names for Tables {
    fn own(&self, column: &str) -> Option<Given> {
        self.given(P, column)
    }
    fn column(&self, _: &Source, column: &str) -> Option<Given> {
        self.given(M, column)
    }
    fn ctx(&self, _: &str) -> Option<Given> {
        None
    }
    fn routine(&self, _: &Routine) -> Option<Vec<Signature>> {
        None
    }
}

impl Facts for Tables {}

/// Runs policies on the oldest and the newest major that is installed.
///
/// # Errors
/// What a server says.
pub fn run(sample: Sample) -> Result<Count, Failure> {
    let servers = crate::run::servers()?;
    let mut sum = Count::default();
    for server in &servers {
        sum.add(block_on(on(server, sample))??);
    }
    Ok(sum)
}

async fn on(server: &Server, sample: Sample) -> Result<Count, Failure> {
    let database = server.database().await?;
    let role = format!("reader_{}", database.name());
    let mut conn = database.connect(database.superuser()).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("{ROWS}; CREATE ROLE {role}; GRANT SELECT ON public.p, public.m TO {role}")))
        .execute(&mut conn)
        .await?;
    let rows = read(&mut conn).await?;
    let set = set()?;
    let mut world = World::new(server.version()).closed();
    world.enumeration(Some("public"), "mood", &MOODS.map(str::to_owned));
    let tables = Tables { world };
    let mut count = Count::default();
    for number in 0..sample.count {
        let mut rng = Rng::new(sample.seed, "server", number);
        let open = rng.chance(50);
        let mut writer = Writer::new(&mut rng, open);
        let policies: Vec<Expr> = (0..3).map(|_| writer.truth(3)).collect();
        let texts = texts(&set, &policies)?;
        let seen = match seen(&mut conn, &role, &texts).await {
            Ok(seen) => seen,
            Err(error) => {
                count.cases += 1;
                count.differ(format!("{}: {error}", texts.join(" ; ")));
                continue;
            }
        };
        compare(&tables, &policies, &texts, &rows, &seen, &mut count);
    }
    sqlx::raw_sql(AssertSqlSafe(format!("DROP OWNED BY {role}; DROP ROLE {role}"))).execute(&mut conn).await?;
    drop(conn);
    database.drop().await?;
    Ok(count)
}

/// The rows that the role sees under two permissive policies and a restrictive one.
async fn seen(conn: &mut PgConnection, role: &str, texts: &[String]) -> Result<BTreeSet<i32>, Failure> {
    let kinds = ["PERMISSIVE", "PERMISSIVE", "RESTRICTIVE"];
    let made = texts.iter().zip(kinds).enumerate();
    let made: Vec<String> = made.map(|(at, (text, kind))| format!("CREATE POLICY p{at} ON public.p AS {kind} USING ({text})")).collect();
    sqlx::raw_sql(AssertSqlSafe(format!("BEGIN; {}; SET LOCAL ROLE {role}", made.join("; ")))).execute(&mut *conn).await?;
    let found: Result<Vec<i32>, sqlx::Error> = sqlx::query_scalar("SELECT id FROM public.p").persistent(false).fetch_all(&mut *conn).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut *conn).await?;
    Ok(found?.into_iter().collect())
}

fn compare(tables: &Tables, policies: &[Expr], texts: &[String], rows: &[(i32, Row)], seen: &BTreeSet<i32>, count: &mut Count) {
    let exprs: Vec<&Expr> = policies.iter().collect();
    let encoded = encode(&tables.world, tables, &exprs, &[]);
    for (id, row) in rows {
        count.cases += 1;
        let theirs = seen.contains(id);
        let own: Vec<Option<bool>> =
            policies.iter().map(|policy| evaluate::truth(policy, row).ok().map(|truth| truth == Some(true))).collect();
        let truths = truths(&encoded, row);
        let formulas: Vec<Option<bool>> = encoded.pairs.iter().map(|pair| of(&truths, pair.holds)).collect();
        for (who, said) in [("evaluator", admits(&own)), ("formulas", admits(&formulas))] {
            match said {
                Some(said) if said != theirs => {
                    let shown: Vec<String> = row.own.iter().map(|(name, value)| format!("{name} {value}")).collect();
                    count.differ(format!("{who} {said}, server {theirs}: {} : {}", texts.join(" ; "), shown.join(", ")));
                }
                Some(_) => count.note(if who == "evaluator" { "decided by the evaluator" } else { "decided by formulas" }),
                None => count.note(if who == "evaluator" { "left open by the evaluator" } else { "left open by formulas" }),
            }
        }
    }
}

/// Any permissive policy and every restrictive one.
fn admits(all: &[Option<bool>]) -> Option<bool> {
    match all {
        [a, b, c] => {
            let any = if *a == Some(true) || *b == Some(true) { Some(true) } else { a.zip(*b).map(|(a, b)| a || b) };
            if any == Some(false) || *c == Some(false) { Some(false) } else { any.zip(*c).map(|(any, c)| any && c) }
        }
        _ => None,
    }
}

async fn read(conn: &mut PgConnection) -> Result<Vec<(i32, Row)>, Failure> {
    let all: Vec<Read> =
        sqlx::query_as("SELECT id, a, b, u, f, e::text, k::text, tags FROM public.p ORDER BY id").fetch_all(&mut *conn).await?;
    let others: Vec<(Option<i32>, Option<String>)> = sqlx::query_as("SELECT a, u FROM public.m").fetch_all(conn).await?;
    let int = |value: Option<i32>| value.map_or(Value::Null, |value| Value::Int(value.into()));
    let text = |value: Option<String>| value.map_or(Value::Null, Value::Text);
    let labels: Vec<String> = MOODS.iter().map(|label| (*label).to_owned()).collect();
    let others: Vec<Columns> =
        others.into_iter().map(|(a, u)| Columns::from([("a".to_owned(), int(a)), ("u".to_owned(), text(u))])).collect();
    let row = |(id, a, b, u, f, e, k, tags): Read| {
        let label = e.and_then(|label| labels.iter().position(|own| *own == label));
        let own = [
            ("a", int(a)),
            ("b", int(b)),
            ("u", text(u)),
            ("f", f.map_or(Value::Null, Value::Bool)),
            ("e", label.map_or(Value::Null, |at| Value::Label(labels.clone(), at))),
            ("k", k.map_or(Value::Null, Value::Uuid)),
            ("tags", tags.map_or(Value::Null, |tags| Value::Array(tags.into_iter().map(text).collect()))),
        ];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let others = BTreeMap::from([("m".to_owned(), others.clone())]);
        let enums = BTreeMap::from([("public.mood".to_owned(), labels.clone())]);
        (id, Row { own, others, enums, ..Row::default() })
    };
    Ok(all.into_iter().map(row).collect())
}

fn texts(set: &PolicySet, policies: &[Expr]) -> Result<Vec<String>, Failure> {
    let index = Index::new(set);
    let table = set.tables().find(|table| table.relation.name.as_str() == "p").ok_or("no such table")?;
    Ok(policies.iter().map(|policy| predicate(&index, table, policy)).collect())
}

fn set() -> Result<PolicySet, Failure> {
    let table = |name: &str, columns: &[(&str, &str)]| -> Result<String, Failure> {
        let mut all = String::new();
        for (column, text) in columns {
            all += &format!("(column (field {column}) (name {column}) (kind {}) (nullable yes))", kind(text)?.note().compact());
        }
        Ok(format!("(table (item {}) (relation (public {name})) (columns ({all})) (tenancy none))", name.to_uppercase()))
    };
    let text = format!(
        "(set (name S) (owner owner) (target postgres) (versions (versions (oldest 14) (newest 18))) (items ({} {})))",
        table("p", P)?,
        table("m", M)?
    );
    let node = Node::parse(&text).map_err(|error| error.to_string())?;
    Ok(PolicySet::read(&node).map_err(|error| error.to_string())?)
}
