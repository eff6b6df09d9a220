-- Each fold of a cross-validation is a run of its own, so that it can be stopped, repeated and looked at; nothing ever wrote folds.
DROP TABLE "folds";

-- Runs that measure instead of training, what any run measured beside its metrics, and why it ended before its time.
CREATE TYPE "run_kind" AS ENUM ('train', 'measure');
ALTER TABLE "runs" ADD COLUMN "kind" "run_kind" NOT NULL DEFAULT 'train',
ADD COLUMN "points" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "ended_early" TEXT,
ADD COLUMN "dataset_version" INTEGER;

-- Launches that belong together ("run all"), and what they may cost.
ALTER TABLE "experiments" ADD COLUMN "batch" TEXT,
ADD COLUMN "options" JSONB NOT NULL DEFAULT '{}';
CREATE INDEX "experiments_batch_idx" ON "experiments"("batch");

-- What a run said of each test line.
CREATE TABLE "run_answers" (
    "run_id" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "run_answers_pkey" PRIMARY KEY ("run_id")
);
ALTER TABLE "run_answers" ADD CONSTRAINT "run_answers_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Named states of a page, as its address has them.
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL,
    "room" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_views_room_name_key" ON "saved_views"("room", "name");
