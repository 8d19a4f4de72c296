// A long SQL text with a constant that is wrong.
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
    permit(
        select,
        to = App,
        using = "status IN ('open', 'waiting', 'answered', 'closed', 'archived')
            AND due_on BETWEEN '2024-01-01' AND '2024-06-31'",
    ),
)]
pub struct Document {
    pub id: Uuid,
    pub status: String,
    pub due_on: NaiveDate,
}

fn main() {}
