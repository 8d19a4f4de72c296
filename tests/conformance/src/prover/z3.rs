//! Larger questions against another solver. In: random questions. Out: whether `z3`, a command that has to be installed, says the
//! same. Must not know: how a question is decided.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use policy_core::prove::{Answer, Ref, checker, smtlib, solve};

use super::part::{Count, Sample, spread};
use super::questions::{LARGE, Question, SMALL, question};
use super::replay::replay;
use crate::Failure;
use crate::rng::Rng;

/// What the answers of the prover may cost.
const BUDGET: u64 = 200_000;

/// A running solver.
struct Solver {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Solver {
    fn start() -> Result<Solver, Failure> {
        let mut process = Command::new("z3")
            .args(["-in", "-smt2", "-t:5000"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the command z3 does not run ({error}): install it, on Debian by `apt-get install z3`"))?;
        let to = process.stdin.take().ok_or("no way to write to z3")?;
        let from = BufReader::new(process.stdout.take().ok_or("no way to read from z3")?);
        Ok(Solver { process, to, from })
    }

    fn ask(&mut self, script: &str) -> Result<String, Failure> {
        writeln!(self.to, "{script}(reset)")?;
        self.to.flush()?;
        let mut answer = String::new();
        self.from.read_line(&mut answer)?;
        Ok(answer.trim().to_owned())
    }
}

impl Drop for Solver {
    fn drop(&mut self) {
        // It ends by itself when its input does; to wait for that is all there is to do.
        let _ = writeln!(self.to, "(exit)");
        let _ = self.to.flush();
        let _ = self.process.wait();
    }
}

/// Runs a sample.
///
/// # Errors
/// That there is no `z3`, or that it does not understand a question.
pub fn run(sample: Sample) -> Result<Count, Failure> {
    thread_local! {
        static SOLVER: RefCell<Option<Solver>> = const { RefCell::new(None) };
    }
    spread(sample.count, |number, count| {
        let mut rng = Rng::new(sample.seed, "z3", number);
        let size = if number % 4 == 0 { SMALL } else { LARGE };
        let asked = question(&mut rng, size);
        let script = smtlib::write(&asked.space, asked.root);
        let theirs = SOLVER.with_borrow_mut(|solver| {
            let solver = match solver {
                Some(solver) => solver,
                None => solver.insert(Solver::start()?),
            };
            solver.ask(&script)
        })?;
        case(number, &asked, &script, &theirs, count)
    })
}

fn case(number: usize, asked: &Question, script: &str, theirs: &str, count: &mut Count) -> Result<(), Failure> {
    let Question { space, root } = asked;
    count.cases += 1;
    if *root == Ref::TRUE || *root == Ref::FALSE {
        count.note("decided while written");
    }
    count.note(match theirs {
        "sat" => "sat",
        "unsat" => "unsat",
        "unknown" | "timeout" => "without an answer of z3",
        other => return Err(format!("z3 says: {other}\n{script}").into()),
    });
    let wrong = match solve(space, *root, BUDGET) {
        Answer::Spent => {
            count.declined += 1;
            None
        }
        Answer::Never(_) if theirs == "sat" => Some("never, but z3 has a model".to_owned()),
        Answer::Never(certificate) => (!checker::accepts(space, *root, &certificate)).then(|| "the proof is refused".to_owned()),
        Answer::Model(_) if theirs == "unsat" => Some("a model, but z3 has a proof".to_owned()),
        Answer::Model(model) => replay(space, *root, &model).err(),
    };
    if let Some(wrong) = wrong {
        count.differ(format!("{number}: {wrong}\n{script}"));
    }
    Ok(())
}
