-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "dataset_state" AS ENUM ('importing', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "line_role" AS ENUM ('trigger', 'consequence', 'background', 'nonresource');

-- CreateEnum
CREATE TYPE "label_source" AS ENUM ('truth', 'person', 'suggestion', 'rule');

-- CreateEnum
CREATE TYPE "model_state" AS ENUM ('draft', 'published', 'archived');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'running', 'done', 'failed', 'stopped');

-- CreateTable
CREATE TABLE "datasets" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "dataset_state" NOT NULL,
    "source_name" TEXT NOT NULL,
    "sha256" TEXT,
    "truth_sha256" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "events" INTEGER NOT NULL DEFAULT 0,
    "audit_ids" INTEGER NOT NULL DEFAULT 0,
    "non_resource" INTEGER NOT NULL DEFAULT 0,
    "redactions" INTEGER NOT NULL DEFAULT 0,
    "secrets_kept" BOOLEAN NOT NULL DEFAULT false,
    "first_micros" BIGINT,
    "last_micros" BIGINT,
    "levels" JSONB NOT NULL DEFAULT '{}',
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "rejects" JSONB NOT NULL DEFAULT '[]',
    "truncated" TEXT,
    "summary" JSONB,
    "card" TEXT NOT NULL DEFAULT '',
    "progress" JSONB,
    "error" JSONB,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "dataset_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "audit_id" TEXT NOT NULL,
    "stage" TEXT,
    "received_micros" BIGINT,
    "level" TEXT,
    "verb" TEXT,
    "username" TEXT,
    "api_group" TEXT,
    "resource" TEXT,
    "subresource" TEXT,
    "namespace" TEXT,
    "name" TEXT,
    "code" INTEGER,
    "body" JSONB NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("dataset_id","seq")
);

-- CreateTable
CREATE TABLE "label_events" (
    "id" BIGSERIAL NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "audit_id" TEXT NOT NULL,
    "seq" INTEGER,
    "actor" TEXT NOT NULL,
    "source" "label_source" NOT NULL,
    "source_ref" TEXT,
    "role" "line_role",
    "context" TEXT,
    "from_label" JSONB,
    "to_label" JSONB,
    "to_code" BIGINT,
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "models" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "model_state" NOT NULL DEFAULT 'draft',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "manifest" JSONB NOT NULL,
    "weights" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "metrics" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "run_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiments" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "scale" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "experiment_id" TEXT,
    "dataset_id" TEXT NOT NULL,
    "cloned_from_id" TEXT,
    "preset" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "axes" JSONB NOT NULL DEFAULT '{}',
    "params" JSONB NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "job_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "progress" JSONB,
    "engine" TEXT,
    "environment" JSONB,
    "timings" JSONB,
    "metrics" JSONB,
    "per_class" JSONB,
    "confusion" JSONB,
    "error" JSONB,
    "note" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pinned" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "epochs" (
    "run_id" TEXT NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL,
    "steps" INTEGER NOT NULL,
    "loss" DOUBLE PRECISION NOT NULL,
    "accuracy" DOUBLE PRECISION NOT NULL,
    "validation_loss" DOUBLE PRECISION NOT NULL,
    "validation_accuracy" DOUBLE PRECISION NOT NULL,
    "learning_rate" DOUBLE PRECISION NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "best" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "epochs_pkey" PRIMARY KEY ("run_id","fold","epoch")
);

-- CreateTable
CREATE TABLE "folds" (
    "run_id" TEXT NOT NULL,
    "fold" INTEGER NOT NULL,
    "lines" JSONB,
    "metrics" JSONB NOT NULL,
    "per_class" JSONB,
    "timings" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "folds_pkey" PRIMARY KEY ("run_id","fold")
);

-- CreateTable
CREATE TABLE "run_checkpoints" (
    "run_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "fold" INTEGER NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_checkpoints_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "reconstructions" (
    "id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "model_id" TEXT,
    "model_name" TEXT,
    "options" JSONB NOT NULL DEFAULT '{}',
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "job_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "progress" JSONB,
    "figures" JSONB,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconstructions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contexts" (
    "reconstruction_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "trigger_audit_id" TEXT NOT NULL,
    "trigger_micros" BIGINT,
    "username" TEXT,
    "verb" TEXT,
    "api_group" TEXT,
    "resource" TEXT,
    "subresource" TEXT,
    "namespace" TEXT,
    "name" TEXT,
    "object_ref" JSONB,
    "label" JSONB,
    "label_code" BIGINT,
    "events" INTEGER NOT NULL,
    "first_micros" BIGINT,
    "last_micros" BIGINT,
    "members" TEXT[],

    CONSTRAINT "contexts_pkey" PRIMARY KEY ("reconstruction_id","id")
);

-- CreateTable
CREATE TABLE "reconstructed_lines" (
    "reconstruction_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "audit_id" TEXT NOT NULL,
    "stage" TEXT,
    "role" "line_role" NOT NULL,
    "label" JSONB,
    "label_code" BIGINT,
    "confidence" DOUBLE PRECISION,
    "context_id" TEXT,
    "links" JSONB NOT NULL,

    CONSTRAINT "reconstructed_lines_pkey" PRIMARY KEY ("reconstruction_id","seq")
);

-- CreateTable
CREATE TABLE "notebooks" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "cells" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notebooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_queries" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "dataset_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_queries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "home" TEXT,
    "running" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "datasets_name_key" ON "datasets"("name");

-- CreateIndex
CREATE INDEX "events_dataset_id_received_micros_seq_idx" ON "events"("dataset_id", "received_micros", "seq");

-- CreateIndex
CREATE INDEX "events_dataset_id_audit_id_idx" ON "events"("dataset_id", "audit_id");

-- CreateIndex
CREATE INDEX "label_events_dataset_id_audit_id_id_idx" ON "label_events"("dataset_id", "audit_id", "id" DESC);

-- CreateIndex
CREATE INDEX "label_events_dataset_id_context_idx" ON "label_events"("dataset_id", "context");

-- CreateIndex
CREATE UNIQUE INDEX "models_name_key" ON "models"("name");

-- CreateIndex
CREATE INDEX "models_run_id_idx" ON "models"("run_id");

-- CreateIndex
CREATE INDEX "experiments_name_created_at_idx" ON "experiments"("name", "created_at" DESC);

-- CreateIndex
CREATE INDEX "experiments_dataset_id_idx" ON "experiments"("dataset_id");

-- CreateIndex
CREATE UNIQUE INDEX "runs_number_key" ON "runs"("number");

-- CreateIndex
CREATE INDEX "runs_state_priority_queued_at_idx" ON "runs"("state", "priority" DESC, "queued_at");

-- CreateIndex
CREATE INDEX "runs_experiment_id_idx" ON "runs"("experiment_id");

-- CreateIndex
CREATE INDEX "runs_dataset_id_idx" ON "runs"("dataset_id");

-- CreateIndex
CREATE INDEX "reconstructions_dataset_id_created_at_idx" ON "reconstructions"("dataset_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "contexts_reconstruction_id_trigger_micros_id_idx" ON "contexts"("reconstruction_id", "trigger_micros", "id");

-- CreateIndex
CREATE INDEX "contexts_reconstruction_id_events_idx" ON "contexts"("reconstruction_id", "events" DESC);

-- CreateIndex
CREATE INDEX "reconstructed_lines_reconstruction_id_context_id_idx" ON "reconstructed_lines"("reconstruction_id", "context_id");

-- CreateIndex
CREATE INDEX "reconstructed_lines_reconstruction_id_audit_id_idx" ON "reconstructed_lines"("reconstruction_id", "audit_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_queries_name_key" ON "saved_queries"("name");

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label_events" ADD CONSTRAINT "label_events_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_cloned_from_id_fkey" FOREIGN KEY ("cloned_from_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "epochs" ADD CONSTRAINT "epochs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "folds" ADD CONSTRAINT "folds_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_checkpoints" ADD CONSTRAINT "run_checkpoints_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconstructions" ADD CONSTRAINT "reconstructions_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconstructions" ADD CONSTRAINT "reconstructions_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contexts" ADD CONSTRAINT "contexts_reconstruction_id_fkey" FOREIGN KEY ("reconstruction_id") REFERENCES "reconstructions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconstructed_lines" ADD CONSTRAINT "reconstructed_lines_reconstruction_id_fkey" FOREIGN KEY ("reconstruction_id") REFERENCES "reconstructions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_queries" ADD CONSTRAINT "saved_queries_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- What Prisma cannot say: checks, a partial unique index, rules of immutability.

ALTER TABLE "datasets"
    ADD CONSTRAINT "datasets_name_check" CHECK (length("name") BETWEEN 1 AND 120),
    ADD CONSTRAINT "datasets_counts_check" CHECK ("events" >= 0 AND "audit_ids" >= 0 AND "rejected" >= 0 AND "bytes" >= 0),
    ADD CONSTRAINT "datasets_span_check" CHECK ("first_micros" <= "last_micros");

ALTER TABLE "events" ADD CONSTRAINT "events_seq_check" CHECK ("seq" >= 0);

ALTER TABLE "models"
    ADD CONSTRAINT "models_name_check" CHECK (length("name") BETWEEN 1 AND 120),
    ADD CONSTRAINT "models_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');

-- One default model at most.
CREATE UNIQUE INDEX "models_default_key" ON "models" ("is_default") WHERE "is_default";

ALTER TABLE "runs"
    ADD CONSTRAINT "runs_attempt_check" CHECK ("attempt" >= 0),
    -- A running run always has a worker and a lease: without them nothing could tell that it died.
    ADD CONSTRAINT "runs_lease_check" CHECK ("state" <> 'running' OR ("worker" IS NOT NULL AND "lease_until" IS NOT NULL)),
    ADD CONSTRAINT "runs_finished_check" CHECK (("state" IN ('done', 'failed', 'stopped')) = ("finished_at" IS NOT NULL));

ALTER TABLE "reconstructions"
    ADD CONSTRAINT "reconstructions_lease_check" CHECK ("state" <> 'running' OR ("worker" IS NOT NULL AND "lease_until" IS NOT NULL)),
    ADD CONSTRAINT "reconstructions_finished_check" CHECK (("state" IN ('done', 'failed', 'stopped')) = ("finished_at" IS NOT NULL));

ALTER TABLE "epochs" ADD CONSTRAINT "epochs_epoch_check" CHECK ("epoch" >= 0 AND "fold" >= 0);

ALTER TABLE "contexts" ADD CONSTRAINT "contexts_events_check" CHECK ("events" >= 1);

-- A label event is history: it is added or goes with its data set, and never changes.
CREATE FUNCTION "refuse_label_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The cascade from datasets runs inside another trigger.
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'label events are never changed; add a new one' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "label_events_immutable" BEFORE UPDATE OR DELETE ON "label_events"
    FOR EACH ROW EXECUTE FUNCTION "refuse_label_event_change"();
