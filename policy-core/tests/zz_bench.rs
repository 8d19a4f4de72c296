#![allow(clippy::unwrap_used, missing_docs, reason="x")]
use policy_core::{check::trusted, migrate::*, model::*, render::render};
#[test] fn bench() {
    let rich = include_str!("sets/rich.set");
    let set = PolicySet::read(&Node::parse(rich).unwrap()).unwrap();
    for n in [1000] {
        let mut big = set.clone();
        let docs: Vec<_> = set.tables().filter(|t| ["Document","Task","QueuedEmail","Token"].contains(&t.item.as_str())).cloned().collect();
        for i in 0..n { let mut t = docs[i % docs.len()].clone(); t.item += &i.to_string(); t.relation.name = Ident::new(format!("t{i}")).unwrap();
            for c in &mut t.columns { if c.sequence.is_some() { c.sequence = Some(Sequence::Default); } }
            big.items.push(Item::Table(t)); }
        let big = trusted(big);
        for _ in 0..20 { let _ = render(&big); }
        let s = std::time::Instant::now(); let script = render(&big); let a = s.elapsed(); let sql = script.sql(); let b = s.elapsed();
        let _ = script.fingerprint(); let c = s.elapsed();
        let text = Lock::write(&big); let d = s.elapsed(); let lock = Lock::read(&text).unwrap(); let e = s.elapsed();
        assert!(pending(Some(&lock), &big).is_none()); let f = s.elapsed();
        println!("{n}: render {a:?} sql {:?} ({} bytes) fp {:?} lockwrite {:?} read {:?} pending {:?}", b-a, sql.len(), c-b, d-c, e-d, f-e);
    }
}
