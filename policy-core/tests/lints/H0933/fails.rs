#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(Policy)]
#[policy(table = "notices", no_tenant, permit(select, to = Reader, using(published)))]
struct Notice { id: i64, title: String, published: bool }

#[derive(View)]
#[view(name = "shown", definer = Reader, grant(select, to = PUBLIC), query(SELECT n.title FROM Notice n))]
struct Shown { title: String }
