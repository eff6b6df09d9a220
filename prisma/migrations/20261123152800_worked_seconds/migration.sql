-- What work has cost over all its attempts, so that a budget of run time counts what was lost too.
ALTER TABLE "runs" ADD COLUMN "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN "worked_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE "reconstructions" ADD COLUMN "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN "worked_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0;
