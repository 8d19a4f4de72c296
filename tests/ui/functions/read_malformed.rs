// A function is named by its trait.
use hedgerow::{Context, functions};
use uuid::Uuid;

#[functions(schema = "auth", external)]
pub trait Auth {
    #[function(volatility = stable)]
    fn uid() -> Uuid;
}

#[derive(Context)]
#[context(prefix = "app")]
pub struct Request {
    #[context(read = Auth.uuid)]
    pub user_id: Uuid,
    #[context(read = "auth.uid")]
    pub owner_id: Uuid,
}

fn main() {}
