//! `cargo run -p queues`: a server, the migrations, what each role does and tries, and what came of it.

use std::process::ExitCode;

use queues::tour;

#[tokio::main]
async fn main() -> ExitCode {
    match tour::on_a_fresh_server().await {
        Ok(report) => {
            print!("{report}");
            if report.held() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("queues: {error}");
            ExitCode::FAILURE
        }
    }
}
