//! `cargo run -p benches --bin build_edge`: tables scanned, checked and rendered, in the debug build that a build script gets.

use std::time::{Duration, Instant};

use benches::{BASE, policy, set, structs};
use policy_core::build::{Source, assemble, scan_texts};
use policy_core::render::render;

const ROUNDS: usize = 7;

fn main() {
    println!("{:>7} {:>12} {:>12} {:>12} {:>12} {:>14}", "tables", "scan ms", "check ms", "render ms", "total ms", "us a table");
    let only: Option<usize> = std::env::args().nth(1).and_then(|count| count.parse().ok());
    for count in only.map_or(vec![10, 100, 1000], |count| vec![count]) {
        let mut best = [Duration::MAX; 3];
        for _ in 0..if only.is_some() { 1 } else { ROUNDS } {
            let times = once(count);
            best = [best[0].min(times[0]), best[1].min(times[1]), best[2].min(times[2])];
        }
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let total: f64 = best.iter().map(|time| ms(*time)).sum();
        let each = total * 1000.0 / count as f64;
        println!("{count:>7} {:>12.1} {:>12.1} {:>12.1} {total:>12.1} {each:>14.0}", ms(best[0]), ms(best[1]), ms(best[2]));
    }
}

/// Twenty tables to a file, as a crate would have them.
fn once(count: usize) -> [Duration; 3] {
    let mut files = vec![Source { shown: "base.rs".to_owned(), text: format!("{BASE}{}", set(count)), folder: None }];
    for from in (0..count).step_by(20) {
        let text = structs(from, (from + 20).min(count), "#[derive(Policy)]", policy);
        files.push(Source { shown: format!("t{from}.rs"), text, folder: None });
    }
    let start = Instant::now();
    let scan = scan_texts(files);
    let scanned = start.elapsed();
    let start = Instant::now();
    let assembly = assemble(scan);
    let checked = start.elapsed();
    assert!(assembly.faults.iter().all(|fault| !fault.is_error()), "{:?}", assembly.faults.first());
    let start = Instant::now();
    let bytes: usize = assembly.sets.iter().map(|set| render(set).sql().len()).sum();
    let rendered = start.elapsed();
    assert!(bytes > count * 500, "{bytes} bytes");
    [scanned, checked, rendered]
}
