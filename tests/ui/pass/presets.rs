// Ready-made roles and claims, by paths that name their module.
use hedgerow::presets::{self, neon, postgrest, supabase};
use hedgerow::{Policy, Schema, policy_set};

#[derive(Schema)]
#[schema(name = "public", grant(usage, to = [supabase::Anon, presets::supabase::Authenticated, supabase::ServiceRole]))]
pub struct Main;

#[derive(Policy)]
#[policy(
    table = "notes", context = supabase::Jwt, no_tenant,
    permit(select, to = supabase::Anon, using(public)),
    permit(select, insert, to = supabase::Authenticated, using(owner_id = ctx.sub AND ctx.aal = "aal2")),
    grant(select, to = supabase::ServiceRole),
)]
pub struct Note {
    pub owner_id: presets::Uuid,
    pub public: bool,
}

policy_set! {
    pub NOTES {
        items: [supabase::Anon, presets::supabase::Authenticated, supabase::ServiceRole, supabase::Authenticator, supabase::Jwt, supabase::Auth, Main, Note],
    }
}

policy_set! {
    pub POSTGREST { items: [postgrest::Anon, postgrest::Authenticated, postgrest::Authenticator, postgrest::Jwt] }
}

policy_set! {
    pub NEON { items: [neon::Anonymous, neon::Authenticated, neon::Jwt, neon::Auth] }
}

fn main() {
    let _ = supabase::Jwt { sub: Some(presets::Uuid(1)), role: None, email: None, phone: None, aal: None, session_id: None, is_anonymous: Some(false) };
    assert!(NOTES.sql().is_ok() && POSTGREST.sql().is_ok() && NEON.sql().is_ok());
    assert!(NOTES.checklist().is_ok_and(|list| list.contains("Supabase makes it so")));
}
