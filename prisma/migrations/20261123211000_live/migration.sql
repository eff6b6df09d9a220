-- Queries that watch the contexts that come in, and what they found.
CREATE TYPE "watch_severity" AS ENUM ('info', 'low', 'medium', 'high');
CREATE TYPE "watch_source" AS ENUM ('starter', 'own');
CREATE TYPE "alert_state" AS ENUM ('open', 'acknowledged');
CREATE TYPE "alert_delivery" AS ENUM ('off', 'pending', 'sent', 'failed');

CREATE TABLE "watches" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "query" TEXT NOT NULL,
    "severity" "watch_severity" NOT NULL DEFAULT 'medium',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "notify" BOOLEAN NOT NULL DEFAULT true,
    "source" "watch_source" NOT NULL DEFAULT 'own',
    "references" JSONB NOT NULL DEFAULT '[]',
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watches_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "watch_id" TEXT NOT NULL,
    "context_id" TEXT NOT NULL,
    "trigger" JSONB NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "events" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "alert_state" NOT NULL DEFAULT 'open',
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,
    "delivery" "alert_delivery" NOT NULL DEFAULT 'off',
    "delivery_attempts" INTEGER NOT NULL DEFAULT 0,
    "delivery_next_at" TIMESTAMPTZ(3),
    "delivery_error" TEXT,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "alerts_watch_id_context_id_key" ON "alerts"("watch_id", "context_id");
CREATE INDEX "alerts_raised_at_idx" ON "alerts"("raised_at" DESC);
CREATE INDEX "alerts_context_id_idx" ON "alerts"("context_id");

ALTER TABLE "alerts" ADD CONSTRAINT "alerts_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

-- A watch that was removed can come back, and its name is free until then.
CREATE UNIQUE INDEX "watches_name_key" ON "watches"("name") WHERE "removed_at" IS NULL;
CREATE INDEX "alerts_due_idx" ON "alerts"("delivery_next_at") WHERE "delivery" = 'pending';

ALTER TABLE "watches"
    ADD CONSTRAINT "watches_name_check" CHECK (length("name") BETWEEN 1 AND 120),
    ADD CONSTRAINT "watches_query_check" CHECK (length("query") BETWEEN 1 AND 10000);
ALTER TABLE "alerts"
    ADD CONSTRAINT "alerts_acknowledged_check" CHECK (("state" = 'acknowledged') = ("acknowledged_at" IS NOT NULL)),
    ADD CONSTRAINT "alerts_delivery_check" CHECK (("delivery" = 'pending') = ("delivery_next_at" IS NOT NULL));
