// Two mistakes in one predicate, and nothing that follows from them.
use chrono::NaiveDate;
use hedgerow::{Policy, Role};
use uuid::Uuid;

#[derive(Role)]
#[role(login)]
pub struct App;

#[derive(Policy)]
#[policy(
    table = "documents",
    no_tenant,
    permit(select, to = App, using(status = 5 AND due_on > "2024-13-01")),
)]
pub struct Document {
    pub id: Uuid,
    pub status: String,
    pub due_on: NaiveDate,
}

fn main() {}
