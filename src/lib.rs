#![doc = include_str!("../README.md")]
#![allow(clippy::needless_doctest_main, reason = "the README shows a build script whole")]

extern crate self as hedgerow;

pub use policy_core::meta::{PolicySet, SetError};

/// Who reaches which rows, what is proved, and what a change means: what `PolicySet::access`, `PolicySet::proofs` and
/// `PolicySet::changes_since` answer. `docs/access.md` says what is proved.
pub mod access {
    pub use policy_core::analyze::matrix::{Cell, Matrix, OfRelation, OfRole};
    pub use policy_core::analyze::{Change, Difference, Differences, Proved};
}

/// Declares a table: its columns, its tenant, its rules.
///
/// `#[policy(..)]` on the struct, `#[policy(..)]` and `#[sqlx(..)]` on its fields. The SQL that results: `ENABLE` and
/// `FORCE ROW LEVEL SECURITY`, the tenant floor, one policy for each rule and command, grants, sequence grants.
///
/// ```
/// use hedgerow::{Context, Policy, Role, policy_set};
/// # pub struct Uuid;
///
/// #[derive(Context)]
/// #[context(prefix = "app")]
/// pub struct Request { pub tenant_id: Uuid }
///
/// #[derive(Role)]
/// #[role(name = "app", login, noinherit)]
/// pub struct App;
///
/// #[derive(Policy)]
/// #[policy(table = "documents", context = Request, tenant(tenant_id = ctx.tenant_id), permit(select, insert, to = App))]
/// pub struct Document { pub id: Uuid, pub tenant_id: Uuid, pub title: String }
///
/// policy_set! { pub DOCUMENTS { items: [Request, App, Document] } }
///
/// let sql = DOCUMENTS.sql().unwrap();
/// assert!(sql.contains("ALTER TABLE public.documents FORCE ROW LEVEL SECURITY;"));
/// assert!(sql.contains("USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))"));
/// ```
///
/// `docs/surface.md` is the whole grammar; every error has a page in `docs/codes`.
pub use policy_macros::Policy;

/// Declares a role on a unit struct: its options and memberships.
///
/// ```
/// use hedgerow::Role;
///
/// #[derive(Role)]
/// #[role(name = "app", login, noinherit, connect, password_env = "APP_PASSWORD")]
/// pub struct App;
/// ```
///
/// The SQL that results creates the role if it is absent and brings its options in line; the password is set by
/// `hedgerow::runtime::set_passwords`, never by a migration.
pub use policy_macros::Role;

/// Declares a schema on a unit struct: usage, grants, revokes, default privileges.
///
/// ```
/// use hedgerow::{Role, Schema};
/// # #[derive(Role)] #[role()] pub struct App;
///
/// #[derive(Schema)]
/// #[schema(name = "public", grant(usage, to = App), revoke(create, from = PUBLIC))]
/// pub struct Main;
/// ```
pub use policy_macros::Schema;

/// Declares what a request knows about its caller: one setting or claim for each field.
///
/// ```
/// use hedgerow::Context;
/// # pub struct Uuid;
///
/// /// The settings `app.tenant_id` and `app.user_id`.
/// #[derive(Context)]
/// #[context(prefix = "app")]
/// pub struct Request { pub tenant_id: Uuid, pub user_id: Option<Uuid> }
/// ```
///
/// In a predicate `ctx.tenant_id` renders `(SELECT nullif(current_setting('app.tenant_id', true), '')::uuid)`: evaluated
/// once for a statement, NULL, and so no row, where the setting is absent or empty.
pub use policy_macros::Context;

/// Declares a view: its query, with whose rights it reads, who may read it. The fields are its columns.
///
/// ```
/// use hedgerow::{Context, Policy, Role, View, policy_set};
///
/// #[derive(Context)]
/// #[context(prefix = "app")]
/// pub struct Visit { pub tenant: i64 }
///
/// #[derive(Role)]
/// #[role(name = "leaks_reader")]
/// pub struct LeaksReader;
///
/// #[derive(Role)]
/// #[role(name = "anonymous", login)]
/// pub struct Anonymous;
///
/// #[derive(Policy)]
/// #[policy(
///     table = "leaks", context = Visit, tenant(tenant = ctx.tenant),
///     permit(select(id, title, status), to = LeaksReader),
///     never(all, to = Anonymous),
/// )]
/// pub struct Leak { pub id: i64, pub tenant: i64, pub title: String, pub source: String, pub status: String }
///
/// #[derive(View)]
/// #[view(
///     name = "leaks_public_v", definer = LeaksReader, grant(select, to = Anonymous),
///     query(SELECT l.id, l.title FROM Leak l WHERE l.status = "public"),
/// )]
/// pub struct PublicLeak { pub id: i64, pub title: String }
///
/// policy_set! { pub LEAKS { items: [Visit, LeaksReader, Anonymous, Leak, PublicLeak] } }
///
/// assert!(LEAKS.sql().unwrap().contains("CREATE OR REPLACE VIEW public.leaks_public_v (id, title) WITH (security_barrier = true) AS"));
/// ```
///
/// Without `definer` it is `security_invoker`: it reads what whoever asks may read, from PostgreSQL 15 on.
pub use policy_macros::View;

/// Declares functions as the methods of a trait: what they take and return, what they run as, who may execute them.
///
/// ```
/// use hedgerow::{Policy, Role, Schema, functions, policy_set};
/// # pub struct Uuid;
///
/// #[derive(Role)]
/// #[role()]
/// pub struct App;
///
/// #[derive(Role)]
/// #[role()]
/// pub struct Reader;
///
/// #[functions(schema = "public", definer = Reader, search_path = "public", grant(execute, to = App))]
/// pub trait Access {
///     #[function(volatility = stable, body = "SELECT EXISTS (SELECT 1 FROM members WHERE members.team_id = may_see.team_id)")]
///     fn may_see(team_id: Uuid) -> bool;
///     /// It exists: its rights are declared, its body is not.
///     fn rebuild(team_id: Uuid);
/// }
///
/// #[derive(Policy)]
/// #[policy(table = "teams", no_tenant, permit(select, to = App, using(Access.may_see(id))))]
/// pub struct Team { pub id: Uuid }
///
/// policy_set! { pub TEAMS { items: [App, Reader, Access, Team] } }
///
/// let sql = TEAMS.sql().unwrap();
/// assert!(sql.contains("REVOKE ALL ON FUNCTION public.may_see(uuid) FROM PUBLIC;"));
/// assert!(sql.contains("ALTER FUNCTION public.rebuild(uuid) SECURITY DEFINER SET search_path = public, pg_temp;"));
/// assert!(sql.contains("USING (public.may_see(id))"));
/// ```
///
/// The trait becomes a unit struct of its name, to be listed in `items` and called as `Access.may_see(..)` in predicates.
pub use policy_macros::functions;
/// Ready-made items: roles and claims of systems that bring their own.
///
/// A set lists them by a path that names the module, so that the build script, which reads files, finds them too.
///
/// ```
/// use hedgerow::presets::{Uuid, supabase};
/// use hedgerow::{Policy, Schema, policy_set};
///
/// #[derive(Schema)]
/// #[schema(name = "public", grant(usage, to = [supabase::Anon, supabase::Authenticated]))]
/// pub struct Main;
///
/// #[derive(Policy)]
/// #[policy(
///     table = "notes", context = supabase::Jwt, no_tenant,
///     permit(select, to = supabase::Anon, using(public)),
///     permit(all, to = supabase::Authenticated, using(owner_id = ctx.sub)),
/// )]
/// pub struct Note { pub id: Uuid, pub owner_id: Uuid, pub public: bool }
///
/// policy_set! { pub NOTES { items: [supabase::Anon, supabase::Authenticated, supabase::Jwt, Main, Note] } }
///
/// let sql = NOTES.sql().unwrap();
/// assert!(sql.contains("GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.notes TO authenticated;"));
/// assert!(!sql.contains("CREATE ROLE"), "Supabase made the roles");
/// ```
pub mod presets {
    /// A UUID for the fields of ready-made items, without a dependency: `Uuid(id.as_u128())`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Uuid(pub u128);

    policy_macros::preset!(postgrest);
    policy_macros::preset!(supabase);
    policy_macros::preset!(neon);
}

/// Names the items that belong together: what is rendered, migrated and verified.
///
/// ```
/// use hedgerow::{Role, policy_set};
///
/// #[derive(Role)]
/// #[role(name = "app")]
/// pub struct App;
///
/// policy_set! { pub MINE { target: "postgres", versions: 14..=18, items: [App] } }
///
/// assert!(MINE.sql().unwrap().contains("CREATE ROLE app"));
/// ```
pub use policy_macros::policy_set;

/// For `build.rs`: scans the sources, checks the set, keeps migrations in step.
#[cfg(feature = "build")]
pub use policy_core::build;

/// What a deployment does beside its migrations.
#[cfg(feature = "runtime")]
pub mod runtime {
    pub use policy_core::runtime::{PasswordError, PasswordSet, set_passwords, set_passwords_from};
}

/// A real PostgreSQL for tests.
#[cfg(feature = "testing")]
pub use policy_core::testing;

/// Markers for SQL types: what rustc names where two types do not compare.
pub use policy_core::meta::sql;

/// For the macros alone.
#[doc(hidden)]
pub mod __private {
    pub use policy_core::meta::{
        Check, Context, Functions, Item, Role, Schema, Set, Table, compare, compare_any, hash, reads, routine, sql,
    };
}
