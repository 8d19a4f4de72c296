// A comment as SQL has it, in a macro_rules, where nobody can tell that the two characters touch.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

macro_rules! table {
    ($name:ident, $table:literal) => {
        #[derive(Policy)]
        #[policy(
            table = $table,
            no_tenant,
            permit(select, to = App, using(
                level > 3 -- level
            )),
        )]
        pub struct $name {
            pub level: i32,
        }
    };
}

table!(Document, "documents");

fn main() {}
