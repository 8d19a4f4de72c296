//! `cargo run -p synchrotron`: a server, the migrations, the patches of three users, and what came of them.

use std::process::ExitCode;

use synchrotron::tour;

#[tokio::main]
async fn main() -> ExitCode {
    match tour::on_a_fresh_server().await {
        Ok(report) => {
            print!("{report}");
            if report.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("synchrotron: {error}");
            ExitCode::FAILURE
        }
    }
}
