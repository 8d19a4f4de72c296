#[derive(Role)]
#[role(name = "reader")]
struct Reader;

#[derive(View)]
#[view(name = "leads", definer = Reader, query(SELECT s.team_id FROM Staff s))]
struct Lead { team_id: Uuid }

#[derive(View)]
#[view(name = "staff", definer = Reader, query(SELECT l.team_id FROM Lead l))]
struct Staff { team_id: Uuid }
