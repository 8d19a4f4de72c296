//! How long it takes in a debug build: printed, not judged. `cargo test .. times -- --nocapture`.

use std::time::Instant;

use super::*;

/// `tables` tables of eight columns and three predicates, `each` to a file.
fn generated(tables: usize, each: usize) -> Vec<Source> {
    let mut files = vec![Source {
        shown: "src/lib.rs".to_owned(),
        text: SYSTEM
            .replace("Main, Document]", &format!("Main, Document{}]", (0..tables).map(|i| format!(", Table{i}")).collect::<String>())),
        folder: None,
    }];
    let all: Vec<usize> = (0..tables).collect();
    for (n, chunk) in all.chunks(each).enumerate() {
        let text = chunk.iter().map(|i| format!("#[derive(Policy, sqlx::FromRow)]\n#[policy(\n    table = \"table_{i}\", context = Request,\n    tenant(tenant_id = ctx.tenant_id),\n    permit(select, insert, to = App),\n    permit(update, to = App, name = \"owner_edits\", using(owner_id = ctx.user_id AND status <> \"signed\")),\n    permit(delete, to = App, using(EXISTS (SELECT 1 FROM Document d WHERE d.id = self.team_id AND d.owner_id = ctx.user_id))),\n)]\npub struct Table{i} {{\n    pub id: Uuid,\n    pub tenant_id: Uuid,\n    pub owner_id: Uuid,\n    pub team_id: Uuid,\n    pub title: String,\n    pub status: String,\n    pub created_at: DateTime<Utc>,\n    pub body: Option<String>,\n}}\n\n")).collect();
        files.push(Source { shown: format!("src/file_{n:04}.rs"), text, folder: None });
    }
    files
}

#[test]
fn times() {
    for (tables, each) in [(10, 10), (100, 20), (1000, 20), (1000, 1000)] {
        let files = generated(tables, each);
        let start = Instant::now();
        let scanned = scan_texts(files);
        let read = start.elapsed();
        let assembly = assemble(scanned);
        let checked = start.elapsed();
        if !assembly.faults.is_empty() {
            println!("{}", Report::new(assembly.faults.into_iter().take(3).collect()).plain());
        }
        let known = policy_core::syntax::Known::write(&assembly.known);
        let noted = start.elapsed();
        let _known = policy_core::syntax::Known::read([known.as_str()]);
        println!("{} bytes for the macros, read once for a compilation, in {:?}", known.len(), start.elapsed() - noted);
        let start = start + (start.elapsed() - checked);
        let script = policy_core::render::render(&assembly.sets[0]);
        let rendered = start.elapsed();
        let sql = script.sql();
        let whole = start.elapsed();
        let lock = policy_core::migrate::Lock::write(&assembly.sets[0]);
        let locked = start.elapsed();
        println!(
            "{tables} tables, {each} to a file: scanned {read:?}, checked {:?}, rendered {:?}, text {:?}, total {whole:?}; lock {:?} ({} bytes of SQL, {} of lock)",
            checked - read,
            rendered - checked,
            whole - rendered,
            locked - whole,
            sql.len(),
            lock.len()
        );
    }
}
