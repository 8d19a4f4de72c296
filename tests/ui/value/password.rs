// A password in the source.
use hedgerow::Role;

#[derive(Role)]
#[role(login, password_env = "s3cret!")]
pub struct App;

fn main() {}
