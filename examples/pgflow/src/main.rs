//! `cargo run -p pgflow`: a server, both sets of migrations, the requests of three people, and what came of them.

use std::process::ExitCode;

use pgflow::tour;

#[tokio::main]
async fn main() -> ExitCode {
    match tour::on_a_fresh_server().await {
        Ok(report) => {
            print!("{report}");
            if report.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("pgflow: {error}");
            ExitCode::FAILURE
        }
    }
}
