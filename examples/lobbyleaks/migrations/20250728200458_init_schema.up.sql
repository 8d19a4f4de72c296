SET LOCAL ROLE lobby_owner;

-- Tables as Prisma names them: quoted, columns in camelCase.
CREATE TABLE "Tenant" (
    "code" text PRIMARY KEY CHECK ("code" IN ('CL', 'UY')),
    "name" text NOT NULL,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);

INSERT INTO "Tenant" ("code", "name") VALUES ('CL', 'Chile'), ('UY', 'Uruguay');

CREATE TABLE "User" (
    "id" text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    "email" text NOT NULL,
    "tenantCode" text NOT NULL REFERENCES "Tenant",
    "createdAt" timestamptz NOT NULL DEFAULT now(),
    UNIQUE ("tenantCode", "email"),
    UNIQUE ("tenantCode", "id")
);

CREATE TABLE "Document" (
    "id" text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    "title" text NOT NULL,
    "authorId" text,
    "tenantCode" text NOT NULL REFERENCES "Tenant",
    "createdAt" timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY ("tenantCode", "authorId") REFERENCES "User" ("tenantCode", "id")
);

CREATE TABLE "FundingRecord" (
    "id" text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    "donor" text NOT NULL,
    "amountCents" bigint NOT NULL,
    "tenantCode" text NOT NULL REFERENCES "Tenant",
    "createdAt" timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ON "Document" ("tenantCode");
CREATE INDEX ON "FundingRecord" ("tenantCode");

RESET ROLE;
