//! Checks both declarations and keeps the migrations of each in step with them.

use hedgerow::build::Builder;

fn main() {
    Builder::new().sources(["src/model"]).run();
    Builder::new().sources(["src/minimal"]).migrations("minimal/migrations").lock("minimal/policy.lock").run();
    // `sqlx::migrate!` embeds the files.
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=minimal/migrations");
}
