//! The build edge on real folders: what it sees, what it says, what it writes.
#![cfg(feature = "build")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a failure here is a failed test")]

#[path = "build/items.rs"]
mod items;
#[path = "build/migrations.rs"]
mod migrations;
#[path = "build/presets.rs"]
mod presets;
#[path = "build/scanner.rs"]
mod scanner;
#[path = "build/times.rs"]
mod times;
#[path = "build/types.rs"]
mod types;

use std::fs;
use std::path::{Path, PathBuf};

use policy_core::build::{Builder, Environment, Outcome, Report, Source, assemble, scan, scan_texts};

/// A package in a folder of its own.
struct Package {
    root: PathBuf,
}

impl Package {
    fn new(name: &str) -> Package {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build").join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("src")).unwrap();
        fs::create_dir_all(root.join("out")).unwrap();
        Package { root }
    }

    fn with(self, path: &str, text: &str) -> Package {
        self.put(path, text);
        self
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn build(&self, variables: &[(&str, &str)]) -> Outcome {
        self.build_with(&Builder::new(), variables)
    }

    fn build_with(&self, builder: &Builder, variables: &[(&str, &str)]) -> Outcome {
        let (root, out) = (self.root.display().to_string(), self.root.join("out").display().to_string());
        builder.build(&Environment::read(|name| match name {
            "CARGO_MANIFEST_DIR" => Some(root.clone()),
            "OUT_DIR" => Some(out.clone()),
            _ => variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned()),
        }))
    }

    /// Every file below a folder, sorted.
    fn files(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect(),
            Err(_) => Vec::new(),
        };
        names.sort();
        names
    }
}

const WRITE: &[(&str, &str)] = &[("HEDGEROW_WRITE", "1")];
const PLAIN: &[(&str, &str)] = &[];

const SYSTEM: &str = r#"
use hedgerow::{Context, Policy, Role, Schema, policy_set};

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    pub tenant_id: Uuid,
    pub user_id: Option<Uuid>,
}

#[derive(Role)]
#[role(name = "app_owner")]
pub struct Owner;

#[derive(Role)]
#[role(name = "app", login)]
pub struct App;

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = App))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "documents", context = Request,
    tenant(tenant_id = ctx.tenant_id),
    permit(select, insert, to = App),
    permit(update, to = App, using(owner_id = ctx.user_id AND status <> "signed")),
)]
pub struct Document {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub owner_id: Uuid,
    pub status: String,
}

policy_set! { pub SYSTEM { owner: Owner, items: [Request, Owner, App, Main, Document] } }
"#;

fn system(name: &str) -> Package {
    Package::new(name).with("src/lib.rs", SYSTEM)
}

fn codes(outcome: &Outcome) -> Vec<String> {
    outcome.report.faults().iter().map(|fault| fault.diagnostic.code.to_string()).collect()
}

fn said(outcome: &Outcome) -> String {
    outcome.report.plain()
}
