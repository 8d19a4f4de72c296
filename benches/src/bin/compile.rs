//! `cargo run --release -p benches --bin compile [tables]`: what the derives cost rustc, beside serde's and `sqlx::FromRow`'s.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use benches::{BASE, policy, set, structs};

fn main() {
    let most = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1000);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let place = root.join("target/bench");
    dependencies(&root, &place);
    println!("\n`cargo check`, seconds: cold with dependencies, warm after a touch (best of 3)");
    println!("{:>7} {:>10} {:>8} {:>8} {:>14} {:>14}", "tables", "derive", "cold", "warm", "cold/serde", "warm/serde");
    for count in [10, 100, 1000].into_iter().filter(|count| *count <= most) {
        let of = |project: &Project| project.measure(&place, count);
        let serde = of(&Project::serde());
        for project in [Project::hedgerow(&root), Project::serde(), Project::from_row(), Project::plain()] {
            let (cold, warm) = if project.name == "serde" { serde } else { of(&project) };
            println!(
                "{count:>7} {:>10} {:>8.2} {:>8.2} {:>14.2} {:>14.2}",
                project.name,
                cold.as_secs_f64(),
                warm.as_secs_f64(),
                cold.as_secs_f64() / serde.0.as_secs_f64(),
                warm.as_secs_f64() / serde.1.as_secs_f64()
            );
        }
    }
}

/// The clean debug build of what the macro needs, beside that of sqlx with postgres and macros.
fn dependencies(root: &Path, place: &Path) {
    let macros = Project {
        name: "macro",
        dependencies: format!("policy-macros = {{ path = \"{}/policy-macros\" }}", root.display()),
        source: |_| String::new(),
    };
    let sqlx = Project {
        name: "sqlx",
        dependencies: "sqlx = { version = \"0.9\", default-features = false, features = [\"postgres\", \"macros\", \"runtime-tokio\"] }"
            .into(),
        source: |_| String::new(),
    };
    let time = |project: &Project| {
        let folder = project.write(place, 0);
        let _ = fs::remove_dir_all(folder.join("target"));
        cargo(&folder, &["build"])
    };
    let (macros, sqlx) = (time(&macros).as_secs_f64(), time(&sqlx).as_secs_f64());
    println!("clean debug build: the macro's dependencies {macros:.1} s, sqlx {sqlx:.1} s, ratio {:.2}", macros / sqlx);
}

struct Project {
    name: &'static str,
    dependencies: String,
    source: fn(usize) -> String,
}

impl Project {
    fn hedgerow(root: &Path) -> Project {
        Project {
            name: "hedgerow",
            dependencies: format!("hedgerow = {{ path = \"{}\" }}", root.display()),
            source: |count| {
                let tables = structs(0, count, "#[derive(Policy)]", policy);
                format!("#![allow(dead_code)]\nuse hedgerow::*;\n{BASE}\n{tables}\n{}", set(count))
            },
        }
    }

    fn serde() -> Project {
        Project {
            name: "serde",
            dependencies: "serde = { version = \"1\", features = [\"derive\"] }".into(),
            source: |count| {
                let base = "#[derive(serde::Serialize, serde::Deserialize)] pub struct Uuid;\n#[derive(serde::Serialize, serde::Deserialize)] pub struct DateTime;";
                let tables = structs(0, count, "#[derive(serde::Serialize, serde::Deserialize)]", |_| String::new());
                format!("#![allow(dead_code)]\n{base}\n{tables}")
            },
        }
    }

    fn from_row() -> Project {
        Project {
            name: "FromRow",
            dependencies: "sqlx = { version = \"0.9\", default-features = false, features = [\"postgres\", \"macros\", \"derive\"] }"
                .into(),
            source: |count| {
                let tables = structs(0, count, "#[derive(sqlx::FromRow)]", |_| String::new());
                format!("#![allow(dead_code)]\npub type Uuid = String;\npub type DateTime = String;\n{tables}")
            },
        }
    }

    fn plain() -> Project {
        Project {
            name: "plain",
            dependencies: String::new(),
            source: |count| {
                format!("#![allow(dead_code)]\npub struct Uuid;\npub struct DateTime;\n{}", structs(0, count, "", |_| String::new()))
            },
        }
    }

    fn write(&self, place: &Path, count: usize) -> PathBuf {
        let folder = place.join(format!("{}_{count}", self.name));
        fs::create_dir_all(folder.join("src")).expect("a folder below target");
        let manifest = format!(
            "[package]\nname = \"bench\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{}\n",
            self.dependencies
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
        fs::write(folder.join("src/lib.rs"), (self.source)(count)).expect("a source");
        cargo(&folder, &["fetch"]);
        folder
    }

    fn measure(&self, place: &Path, count: usize) -> (Duration, Duration) {
        let folder = self.write(place, count);
        let _ = fs::remove_dir_all(folder.join("target"));
        let cold = cargo(&folder, &["check"]);
        let mut warm = Duration::MAX;
        for _ in 0..3 {
            let source = folder.join("src/lib.rs");
            let text = fs::read_to_string(&source).expect("the source");
            fs::write(&source, text).expect("the source");
            warm = warm.min(cargo(&folder, &["check"]));
        }
        (cold, warm)
    }
}

fn cargo(folder: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    let done = Command::new(env!("CARGO"))
        .args(args)
        .arg("--quiet")
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .stdout(Stdio::null())
        .status()
        .expect("cargo");
    assert!(done.success(), "cargo {args:?} in {}", folder.display());
    start.elapsed()
}
