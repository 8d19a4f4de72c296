SET LOCAL ROLE ackify_owner;

DROP TABLE signature_audit;

RESET ROLE;
