#[derive(Role)]
#[role(name = "reading")]
struct Reading;

#[derive(Role)]
#[role(name = "editing")]
struct Editing;

#[derive(Role)]
#[role(name = "web", login, noinherit, member_of(Reading, Editing))]
struct Web;

#[derive(Policy)]
#[policy(table = "notes", no_tenant,
    permit(select, to = Reading, using(published)),
    permit(select, update, to = Editing, using(true)))]
struct Note { id: i64, published: bool }
