// A password for a role that cannot log in.
use hedgerow::Role;

#[derive(Role)]
#[role(password_env = "APP_PASSWORD")]
pub struct App;

fn main() {}
