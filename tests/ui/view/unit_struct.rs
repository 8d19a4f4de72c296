// A view has columns.
use hedgerow::View;

#[derive(View)]
#[view(name = "leaks_public", query(SELECT l.id FROM Leak l))]
pub struct PublicLeak;

fn main() {}
