SET LOCAL ROLE lobby_owner;

CREATE TYPE "LeakStatus" AS ENUM ('draft', 'public', 'withdrawn');

CREATE TABLE "Leak" (
    "id" text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    "title" text NOT NULL,
    "body" text NOT NULL,
    "status" "LeakStatus" NOT NULL DEFAULT 'draft',
    "tenantCode" text NOT NULL REFERENCES "Tenant",
    "createdAt" timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ON "Leak" ("tenantCode", "status");

RESET ROLE;
