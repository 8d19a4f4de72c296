//! `conformance catalog [--check]`: write or compare the embedded catalog.

use std::process::ExitCode;

use conformance::{Failure, catalog};

const USAGE: &str = "usage: conformance catalog [--check]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["catalog"] => write(false),
        ["catalog", "--check"] => write(true),
        _ => Err(USAGE.into()),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    })
}

fn write(check: bool) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let differing = runtime.block_on(catalog::write(check))?;
    for name in &differing {
        println!("{name}: {}", if check { "differs" } else { "written" });
    }
    println!("catalog: {} files differ", differing.len());
    Ok(if check && !differing.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
