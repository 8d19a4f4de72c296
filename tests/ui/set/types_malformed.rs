// Types that do not say what they are.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! {
    pub APPLICATION {
        types: ["status", "kind" = enumm("a"), "mail" = domain("text", "bytea"), "mood" = enum(Good), "point3" = composite(x)],
        items: [App],
    }
}

fn main() {}
