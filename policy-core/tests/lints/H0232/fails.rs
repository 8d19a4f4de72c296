#[derive(Policy)]
#[policy(table = "blocks", no_tenant, permit(select, to = App, using(true)))]
struct Block { id: Uuid, user_id: Option<Uuid> }

#[derive(Policy)]
#[policy(table = "documents", no_tenant,
    permit(select, to = App, using(owner_id NOT IN (SELECT b.user_id FROM Block b))))]
struct Document { id: Uuid, owner_id: Uuid }
