//! `cargo run -p ackify`: a server, the migrations, the requests of two tenants, and what came of them.

use std::process::ExitCode;

use ackify::tour;

#[tokio::main]
async fn main() -> ExitCode {
    match tour::on_a_fresh_server().await {
        Ok(report) => {
            print!("{report}");
            if report.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("ackify: {error}");
            ExitCode::FAILURE
        }
    }
}
