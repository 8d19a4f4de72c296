// A type and a label that are listed twice.
use hedgerow::{Role, policy_set};

#[derive(Role)]
#[role(login)]
pub struct App;

policy_set! {
    pub APPLICATION {
        types: ["status" = enum("draft", "signed", "draft"), "mail" = domain("text"), "MAIL" = domain("citext")],
        items: [App],
    }
}

fn main() {}
