// The later of a date and a key.
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
    permit(select, to = App, using(GREATEST(due_on, id) > current_date)),
)]
pub struct Document {
    pub id: Uuid,
    pub due_on: NaiveDate,
}

fn main() {}
