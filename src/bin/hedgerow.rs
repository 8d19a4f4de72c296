//! The command `hedgerow`: what the build script does, by hand, and what a deployment needs beside migrations.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use hedgerow::build::{Builder, Environment, Outcome, assemble, scan};
use hedgerow::runtime::set_passwords;
use include_dir::{Dir, include_dir};
use policy_core::analyze::{Matrix, State, changes};
use policy_core::migrate::Lock;
use policy_core::{diag::codes, render};

/// One page for each code.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/codes");

/// Row-level security for PostgreSQL, declared on Rust structs.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the declarations of a package, and whether its migrations are in step with them
    Check(Package),
    /// Print the whole SQL of a package's sets: safe to apply twice
    Sql(Package),
    /// Print a checklist for a reviewer, in Markdown: who gets at which rows, by which rule, and who passes the rules
    Checklist(Package),
    /// Print who reaches which rows: role, relation, command, columns, rows, and other doors
    Matrix {
        #[command(flatten)]
        package: Package,
        /// As Markdown
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Print what is proved: isolation of tables and views, `never` with a condition
    Proofs {
        #[command(flatten)]
        package: Package,
        /// Write each question in SMT-LIB 2 to this folder, for another solver: its answer is `unsat`
        #[arg(long, value_name = "FOLDER")]
        emit_smt2: Option<PathBuf>,
    },
    /// Print for whom the sources are wider or narrower than the lock, with a row that is gained or lost
    Changes {
        #[command(flatten)]
        package: Package,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Fail if anything is wider, or cannot be told
        #[arg(long)]
        deny_wider: bool,
    },
    /// Write the next migration and move the lock
    Migrate {
        #[command(flatten)]
        package: Package,
        /// What the migration is called: lower-case letters, digits and `_`
        #[arg(long)]
        name: Option<String>,
    },
    /// Set the passwords of declared roles from the variables that they name, as SCRAM verifiers
    Passwords {
        #[command(flatten)]
        package: Package,
        /// A connection that may alter the roles
        #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
        url: String,
    },
    /// Explain a diagnostic
    Explain {
        /// Its code, such as H0210
        code: String,
    },
}

/// Where a package is and what it calls its parts.
#[derive(Debug, clap::Args)]
struct Package {
    /// The folder of the package
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Folders and files that declare items, relative to the package
    #[arg(long, default_value = "src")]
    sources: Vec<PathBuf>,
    /// The folder of the migrations
    #[arg(long, default_value = "migrations")]
    migrations: PathBuf,
    /// The lock
    #[arg(long, default_value = "policy.lock")]
    lock: PathBuf,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(package) => package.build(Environment { strict: true, ..package.environment() }),
        Command::Migrate { package, name } => package.build(Environment { write: true, name, ..package.environment() }),
        Command::Sql(package) => package.sql(),
        Command::Checklist(package) => package.checklist(),
        Command::Matrix { package, markdown, json } => package.matrix(markdown, json),
        Command::Proofs { package, emit_smt2 } => package.proofs(emit_smt2.as_deref()),
        Command::Changes { package, json, deny_wider } => package.changes(json, deny_wider),
        Command::Passwords { package, url } => package.passwords(&url),
        Command::Explain { code } => explain(&code),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

impl Package {
    fn environment(&self) -> Environment {
        Environment { manifest_dir: self.folder.clone(), ..Environment::default() }
    }

    fn build(&self, environment: Environment) -> Result<(), String> {
        let builder = Builder::new().sources(self.sources.clone()).migrations(&self.migrations).lock(&self.lock);
        let Outcome { report, written, .. } = builder.build(&environment);
        let text = report.plain();
        if report.has_errors() {
            return Err(text);
        }
        eprint!("{text}");
        for path in &written {
            println!("wrote {}", path.display());
        }
        if written.is_empty() {
            println!("in step");
        }
        Ok(())
    }

    /// The checked sets of the package.
    fn sets(&self) -> Result<Vec<policy_core::check::Checked>, String> {
        let assembly = assemble(scan(&self.folder, &self.sources));
        let report = hedgerow::build::Report::new(assembly.faults);
        if report.has_errors() { Err(report.plain()) } else { Ok(assembly.sets) }
    }

    fn checklist(&self) -> Result<(), String> {
        for set in self.sets()? {
            print!("{}", policy_core::report::checklist(&set));
        }
        Ok(())
    }

    fn matrix(&self, markdown: bool, json: bool) -> Result<(), String> {
        for set in self.sets()? {
            let matrix = Matrix::of(&State::of(set.set()));
            print!(
                "{}",
                if json {
                    matrix.json()
                } else if markdown {
                    matrix.markdown()
                } else {
                    matrix.text()
                }
            );
        }
        Ok(())
    }

    /// One line for each proof, and a script for another solver beside it.
    fn proofs(&self, folder: Option<&Path>) -> Result<(), String> {
        let written = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
        for set in self.sets()? {
            for (number, proved) in policy_core::analyze::proofs(&set).iter().enumerate() {
                println!("{}", proved.text());
                if let Some(folder) = folder {
                    std::fs::create_dir_all(folder).map_err(|error| written(folder, error))?;
                    let path = folder.join(format!("{}-{:03}.smt2", set.set().name.to_lowercase(), number + 1));
                    std::fs::write(&path, proved.smtlib()).map_err(|error| written(&path, error))?;
                }
            }
        }
        Ok(())
    }

    /// The sources against the lock; without a lock everything is new.
    fn changes(&self, json: bool, deny_wider: bool) -> Result<(), String> {
        let (sets, mut wider) = (self.sets()?, 0);
        let several = sets.len() > 1;
        for set in &sets {
            let own = self.lock.with_extension("").join(format!("{}.lock", set.set().name.to_lowercase()));
            let path = self.folder.join(if several { own } else { self.lock.clone() });
            let before = match std::fs::read_to_string(&path) {
                Ok(text) => State::of(Lock::read(&text).map_err(|error| format!("{}: {error}", path.display()))?.checked().set()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => State::default(),
                Err(error) => return Err(format!("{}: {error}", path.display())),
            };
            let found = changes(&before, &State::of(set.set()));
            print!("{}", if json { found.json() } else { found.text() });
            wider += found.widening().count();
        }
        if deny_wider && wider > 0 { Err(format!("{wider} wider or incomparable")) } else { Ok(()) }
    }

    fn sql(&self) -> Result<(), String> {
        for set in self.sets()? {
            print!("{}", render::render(&set).sql());
        }
        Ok(())
    }

    fn passwords(&self, url: &str) -> Result<(), String> {
        let sets = self.sets()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        runtime.block_on(async {
            let pool = sqlx::PgPool::connect(url).await.map_err(|error| format!("no connection: {error}"))?;
            for set in &sets {
                for done in set_passwords(set, &pool).await.map_err(|error| error.to_string())? {
                    println!("{} from {}", done.role, done.variable);
                }
            }
            Ok(())
        })
    }
}

fn explain(code: &str) -> Result<(), String> {
    let code = code.to_uppercase();
    let page = codes::Code::find(&code).and_then(|code| PAGES.get_file(format!("{code}.md"))).and_then(|page| page.contents_utf8());
    match page {
        Some(text) => {
            print!("{text}");
            Ok(())
        }
        None => {
            let known: Vec<String> = codes::CATALOGUE.iter().map(|entry| entry.code.to_string()).collect();
            let near = policy_core::diag::nearest(&code, known.iter().map(String::as_str));
            Err(format!("no diagnostic has the code `{code}`{}", near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()))
        }
    }
}
