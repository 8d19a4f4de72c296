//! The command. In: its arguments. Out: what `conformance` finds, and an exit code: 1 where something differs.

use std::process::ExitCode;

use conformance::run::{Plan, ask, run, servers};
use conformance::{Failure, access, block_on, catalog, changes, extensions, weaken};
use policy_core::testing::Server;

const USAGE: &str = "usage: conformance catalog [--check]
       conformance extensions
       conformance typing [--cases N] [--seed S] [--only PHASE] [--show N]
       conformance prover [--cases N] [--seed S] [--only PART] [--show N]
       conformance mutants [--show N]
       conformance access [--cases N] [--seed S] [--only SHAPE] [--show N]
       conformance changes [--cases N] [--seed S] [--only COMMAND] [--show N]
       conformance ask PREDICATE";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["catalog"] => write(false),
        ["catalog", "--check"] => write(true),
        ["extensions"] => extended(),
        ["typing", options @ ..] => plan(options).and_then(|plan| typing(&plan)),
        ["prover", options @ ..] => plan(options).and_then(|plan| prover(&plan)),
        ["mutants", options @ ..] => plan(options).and_then(|plan| weakened(&plan)),
        ["access", options @ ..] => plan(options).and_then(|plan| accessed(&plan)),
        ["changes", options @ ..] => plan(options).and_then(|plan| changed(&plan)),
        ["ask", text] => asked(text),
        _ => Err(USAGE.into()),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    })
}

fn write(check: bool) -> Result<ExitCode, Failure> {
    let differing = block_on(catalog::write(check))??;
    for name in &differing {
        println!("{name}: {}", if check { "differs" } else { "written" });
    }
    println!("catalog: {} files differ", differing.len());
    Ok(if check && !differing.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn extended() -> Result<ExitCode, Failure> {
    for line in block_on(extensions::write())?? {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

fn plan(options: &[&str]) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    for pair in options.chunks(2) {
        match pair {
            ["--cases", number] => plan.cases = Some(number.parse()?),
            ["--seed", number] => plan.seed = number.parse()?,
            ["--only", name] => plan.only = Some((*name).to_owned()),
            ["--show", number] => plan.show = number.parse()?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(plan)
}

fn typing(plan: &Plan) -> Result<ExitCode, Failure> {
    let servers = servers()?;
    let tally = run(&servers.iter().collect::<Vec<_>>(), plan)?;
    Ok(if tally.mismatches > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn prover(plan: &Plan) -> Result<ExitCode, Failure> {
    let count = conformance::prover::run(plan)?;
    Ok(if count.mismatches > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn weakened(plan: &Plan) -> Result<ExitCode, Failure> {
    Ok(if weaken::run(plan)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn accessed(plan: &Plan) -> Result<ExitCode, Failure> {
    let servers = servers()?;
    let tally = access::run(&servers.iter().collect::<Vec<_>>(), plan)?;
    Ok(if tally.mismatches > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn changed(plan: &Plan) -> Result<ExitCode, Failure> {
    let servers = servers()?;
    let tally = changes::run(&servers.iter().collect::<Vec<_>>(), plan)?;
    Ok(if tally.mismatches > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn asked(text: &str) -> Result<ExitCode, Failure> {
    let servers = servers()?;
    ask(&servers.iter().collect::<Vec<&Server>>(), text)?;
    Ok(ExitCode::SUCCESS)
}
