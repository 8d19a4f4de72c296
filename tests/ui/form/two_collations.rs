// Two collations side by side.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(title COLLATE "C" = subtitle COLLATE "POSIX")),
)]
pub struct Document {
    pub id: i64,
    pub title: String,
    pub subtitle: String,
}

fn main() {}
