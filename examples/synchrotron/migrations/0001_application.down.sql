SET LOCAL ROLE synchrotron_owner;

DROP TABLE todo_shares, notes, todos;

RESET ROLE;
