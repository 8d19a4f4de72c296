SET LOCAL ROLE ackify_owner;

DROP TABLE magic_link_auth_attempts, magic_link_tokens, oauth_sessions;

RESET ROLE;
