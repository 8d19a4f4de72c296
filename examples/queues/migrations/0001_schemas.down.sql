SET LOCAL ROLE queue_owner;

DROP TABLE comms.notices, comms.emails, queues.errors, queues.tasks;
DROP SCHEMA comms, queues, internal, api;

RESET ROLE;
