SET LOCAL ROLE synchrotron_owner;

DROP SCHEMA synchrotron CASCADE;

RESET ROLE;
