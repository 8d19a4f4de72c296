// CASE in CASE in CASE, sixty times.
use hedgerow::{Policy, Role};

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(table = "documents", no_tenant, permit(select, to = App, using(
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    CASE WHEN archived THEN true ELSE
    archived
    END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END END 
)))]
pub struct Document {
    pub id: i64,
    pub archived: bool,
}

fn main() {}
