//! `cargo run -p lobbyleaks`: a server, the migrations, editors and visitors of two countries, and what came of it.

use std::process::ExitCode;

use lobbyleaks::tour;

#[tokio::main]
async fn main() -> ExitCode {
    match tour::on_a_fresh_server().await {
        Ok(report) => {
            print!("{report}");
            if report.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("lobbyleaks: {error}");
            ExitCode::FAILURE
        }
    }
}
