//! A database with the tables of one test and its policy set, applied by a role that is no superuser.

use std::sync::{Mutex, PoisonError};

use hedgerow::PolicySet;
use hedgerow::testing::{Database, Server, row_security_active};
use sqlx::{Connection, PgConnection};

use super::support::{block_on, catalog, run, same, servers};

pub(crate) const A: &str = "aaaaaaaa-0000-4000-8000-000000000000";
pub(crate) const B: &str = "bbbbbbbb-0000-4000-8000-000000000000";

/// One test's database.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) version: u32,
    /// What its roles' names begin with.
    prefix: &'static str,
}

impl World {
    /// Tables by the owner, the set by the migrator, twice, then rows past all policies.
    pub(crate) async fn new(server: &Server, prefix: &'static str, set: &PolicySet, tables: &str, rows: &str) -> World {
        let world = World::empty(server, prefix).await;
        let mut migrator = world.migrator().await;
        run(&mut migrator, format!("SET ROLE {prefix}_owner; {tables}; RESET ROLE")).await;
        migrator.close().await.unwrap();
        world.apply(set).await;
        let mut admin = world.admin().await;
        run(&mut admin, rows).await;
        admin.close().await.unwrap();
        world
    }

    /// The owner, the migrator, nothing else.
    pub(crate) async fn empty(server: &Server, prefix: &'static str) -> World {
        let world = World { database: server.database().await.unwrap(), version: server.version(), prefix };
        let mut admin = world.admin().await;
        for role in ["owner", "migrator LOGIN CREATEROLE"] {
            run(
                &mut admin,
                format!("DO $$ BEGIN CREATE ROLE {prefix}_{role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"),
            )
            .await;
        }
        let name = world.database.name();
        run(
            &mut admin,
            format!("GRANT {prefix}_owner TO {prefix}_migrator; ALTER DATABASE {name} OWNER TO {prefix}_owner; ALTER SCHEMA public OWNER TO {prefix}_owner"),
        )
        .await;
        admin.close().await.unwrap();
        world.database.let_in(&format!("{prefix}_migrator")).await.unwrap();
        world
    }

    /// Applies the set twice; the second time changes nothing.
    pub(crate) async fn apply(&self, set: &PolicySet) {
        let sql = set.sql().unwrap();
        let mut migrator = self.migrator().await;
        run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
        let once = self.dump().await;
        run(&mut migrator, format!("BEGIN; {sql} COMMIT")).await;
        same(&once, &self.dump().await);
        migrator.close().await.unwrap();
        for role in set.load().unwrap().set().roles().filter(|role| role.login) {
            self.database.let_in(role.name.as_str()).await.unwrap();
        }
    }

    pub(crate) async fn dump(&self) -> String {
        catalog(&self.database, &format!("^\"?{}", self.prefix)).await
    }

    pub(crate) async fn admin(&self) -> PgConnection {
        self.database.connect(self.database.superuser()).await.unwrap()
    }

    pub(crate) async fn migrator(&self) -> PgConnection {
        self.database.connect(&format!("{}_migrator", self.prefix)).await.unwrap()
    }

    /// As one of the set's roles; row security must hold for it on these tables.
    pub(crate) async fn as_role(&self, role: &str, tables: &[&str]) -> PgConnection {
        let mut conn = self.database.connect(role).await.unwrap();
        for table in tables {
            assert!(row_security_active(&mut conn, table).await.unwrap(), "{role} passes the policies of {table}");
        }
        conn
    }

    /// The same in every state of a session: fresh, after a local setting that was committed, after one that was rolled
    /// back, after RESET ALL.
    pub(crate) async fn sessions(&self, role: &str, table: &str, setting: &str) -> Vec<PgConnection> {
        let local = format!("BEGIN; SELECT set_config('{setting}', '{A}', true)");
        let before = [
            String::new(),
            format!("{local}; COMMIT"),
            format!("{local}; ROLLBACK"),
            format!("SELECT set_config('{setting}', '{A}', false); RESET ALL"),
        ];
        let mut all = Vec::new();
        for sql in before {
            let mut conn = self.as_role(role, &[table]).await;
            run(&mut conn, sql).await;
            all.push(conn);
        }
        all
    }

    pub(crate) async fn close(self) {
        self.database.drop().await.unwrap();
    }
}

/// The same test on every server. One at a time: roles belong to the server, and the tests of a module share theirs.
pub(crate) fn everywhere(test: impl AsyncFn(&'static Server)) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for server in servers() {
        println!("PostgreSQL {}", server.version());
        block_on(test(server));
    }
}

/// Says who asks: settings of the session.
pub(crate) async fn say(conn: &mut PgConnection, settings: &[(&str, &str)]) {
    for (name, value) in settings {
        run(conn, format!("SELECT set_config('{name}', '{}', false)", value.replace('\'', "''"))).await;
    }
}
