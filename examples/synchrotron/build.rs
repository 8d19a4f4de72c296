//! Checks the declarations and keeps the migrations in step with them.

fn main() {
    hedgerow::build::run();
    // `sqlx::migrate!` embeds the files.
    println!("cargo::rerun-if-changed=migrations");
}
