// A field is read from a function of its type.
use hedgerow::{Context, functions};
use uuid::Uuid;

#[functions(schema = "auth", external)]
pub trait Auth {
    #[function(volatility = stable)]
    fn role() -> String;
    #[function(volatility = stable)]
    fn user_of(session: Uuid) -> Uuid;
}

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(read = Auth.role)]
    pub user_id: Uuid,
    #[context(read = Auth.user_of)]
    pub owner_id: Uuid,
}

fn main() {}
