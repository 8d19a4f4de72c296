// A ready-made role that its module does not have.
use hedgerow::presets::supabase;
use hedgerow::{Policy, policy_set};

#[derive(Policy)]
#[policy(table = "notes", no_tenant, permit(select, to = supabase::Anonymous, using(public)))]
pub struct Note {
    pub public: bool,
}

policy_set! { pub NOTES { items: [Note] } }

fn main() {}
