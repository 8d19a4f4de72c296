#[derive(Role)]
#[role(name = "editing")]
struct Editing;

#[derive(Role)]
#[role(name = "web", login, noinherit, member_of(Editing, admin = true))]
struct Web;

policy_set! { pub SITE { owner: Owner, versions: 16..=18, items: [Owner, Editing, Web] } }
