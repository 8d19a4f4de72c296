SET LOCAL ROLE synchrotron_owner;

DROP TABLE synchrotron.bare_patches, synchrotron.note_patches, synchrotron.todo_patches;

RESET ROLE;
