// Types that cannot be declared: one of PostgreSQL, an array, no type at all.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! {
    pub APPLICATION {
        types: ["int4" = composite, "status[]" = enum("draft"), "a b c" = domain("text"), "mail" = domain("text(")],
        items: [App],
    }
}

fn main() {}
