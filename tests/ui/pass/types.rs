// A column of every type that sqlx maps, and some by the name of their SQL type.
use std::borrow::Cow;
use std::net::IpAddr;

use hedgerow::{Policy, policy_set};
use sqlx::postgres::types::{PgInterval, PgMoney, PgRange};
use uuid::Uuid;

pub struct Json<T>(pub T);
pub struct PgTimeTz;
pub struct Decimal;
pub struct BigDecimal;
pub struct MacAddress;
pub struct BitVec;
pub struct Oid;
pub struct Geometry;

#[derive(Policy)]
#[policy(table = "everything", no_tenant, columns(deleted_at: Option<chrono::NaiveDateTime>, labels: Vec<String>))]
pub struct Everything<'a> {
    pub a: bool,
    pub b: i8,
    pub c: i16,
    pub d: i32,
    #[policy(sequence)]
    pub e: i64,
    pub f: f32,
    pub g: f64,
    pub h: String,
    pub i: &'a str,
    pub j: Cow<'a, str>,
    pub k: Box<str>,
    pub l: Vec<u8>,
    pub m: &'a [u8],
    pub n: [u8; 32],
    pub o: Uuid,
    pub p: chrono::NaiveDate,
    pub q: chrono::NaiveTime,
    pub r: chrono::NaiveDateTime,
    pub s: chrono::DateTime<chrono::Utc>,
    pub t: PgInterval,
    pub u: Decimal,
    pub v: BigDecimal,
    pub w: serde_json::Value,
    pub x: Json<Vec<String>>,
    pub y: IpAddr,
    pub z: MacAddress,
    pub aa: BitVec,
    pub ab: PgMoney,
    pub ac: Oid,
    pub ad: PgRange<i32>,
    pub ae: PgRange<chrono::NaiveDate>,
    pub af: PgTimeTz,
    pub ag: Option<Vec<Option<i64>>>,
    #[sqlx(json)]
    pub ah: (i32, i32),
    #[sqlx(try_from = "i64")]
    pub ai: u64,
    #[sqlx(rename = "ajay")]
    pub aj: Vec<Uuid>,
    #[sqlx(skip)]
    pub ak: (f64, f64),
    #[policy(skip)]
    pub al: fn(),
    #[policy(type = "public.geometry")]
    pub am: Geometry,
    #[policy(type = "numeric(10, 2)[]")]
    pub an: Vec<f64>,
    #[policy(type = "\"Status\"", sequence = "app.status_seq")]
    pub ao: String,
}

policy_set! {
    pub TYPES {
        types: ["\"Status\"" = enum("draft", "signed"), "app.email" = domain("text"), "public.geometry" = composite],
        items: [Everything],
    }
}

fn main() {
    assert!(TYPES.sql().unwrap().contains("ALTER TABLE public.everything FORCE ROW LEVEL SECURITY;"));
}
