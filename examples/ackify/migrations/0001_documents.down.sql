SET LOCAL ROLE ackify_owner;

DROP TABLE checksum_verifications, expected_signers, signatures, documents;

RESET ROLE;
