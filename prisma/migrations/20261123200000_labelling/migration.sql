-- Who labels, what was one act, and what stands after each label event.
CREATE TYPE "label_event_kind" AS ENUM ('label', 'clear', 'flag', 'unflag', 'comment', 'uncomment', 'skip', 'unskip');
CREATE TYPE "label_standing" AS ENUM ('unlabelled', 'automatic', 'labelled', 'reviewed');
CREATE TYPE "label_batch_kind" AS ENUM ('label', 'context', 'propagate', 'rule', 'flag', 'comment', 'skip', 'adjudicate', 'import', 'undo', 'redo');
CREATE TYPE "annotator_role" AS ENUM ('owner', 'reviewer', 'annotator');

CREATE TABLE "label_batches" (
    "id" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" "label_batch_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "undoes" TEXT,
    "origin" TEXT NOT NULL,
    "assignment_id" TEXT,
    "changes" INTEGER NOT NULL,
    "below" TEXT,
    "undo_top" TEXT,
    "redo_top" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "label_batches_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "annotators" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "annotator_role" NOT NULL DEFAULT 'annotator',
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "annotators_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "label_events"
    ADD COLUMN "batch_id" TEXT,
    ADD COLUMN "kind" "label_event_kind" NOT NULL DEFAULT 'label',
    ADD COLUMN "suggestion" JSONB,
    ADD COLUMN "assignment_id" TEXT,
    ADD COLUMN "standing" "label_standing" NOT NULL DEFAULT 'labelled',
    ADD COLUMN "set_by" BIGINT,
    ADD COLUMN "flagged" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "skipped" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "comments" INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX "label_batches_number_key" ON "label_batches"("number");
CREATE INDEX "label_batches_dataset_id_actor_number_idx" ON "label_batches"("dataset_id", "actor", "number" DESC);
CREATE UNIQUE INDEX "annotators_name_key" ON "annotators"("name");
CREATE UNIQUE INDEX "annotators_token_hash_key" ON "annotators"("token_hash");
CREATE INDEX "label_events_dataset_id_id_idx" ON "label_events"("dataset_id", "id");
CREATE INDEX "label_events_batch_id_idx" ON "label_events"("batch_id");
CREATE INDEX "label_events_assignment_id_audit_id_id_idx" ON "label_events"("assignment_id", "audit_id", "id" DESC);

ALTER TABLE "label_batches" ADD CONSTRAINT "label_batches_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "label_events" ADD CONSTRAINT "label_events_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "label_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

ALTER TABLE "annotators"
    ADD CONSTRAINT "annotators_name_check" CHECK (length("name") BETWEEN 1 AND 64),
    ADD CONSTRAINT "annotators_token_hash_check" CHECK ("token_hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "label_batches"
    ADD CONSTRAINT "label_batches_undoes_check" CHECK (("kind" IN ('undo', 'redo')) = ("undoes" IS NOT NULL)),
    ADD CONSTRAINT "label_batches_changes_check" CHECK ("changes" >= 0);

ALTER TABLE "label_events"
    ADD CONSTRAINT "label_events_comments_check" CHECK ("comments" >= 0),
    ADD CONSTRAINT "label_events_set_by_check" CHECK ("set_by" >= 0);

-- An act is history as its label events are.
CREATE FUNCTION "refuse_label_batch_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The cascade from datasets runs inside another trigger.
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'acts of labelling are never changed; undo them' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "label_batches_immutable" BEFORE UPDATE OR DELETE ON "label_batches"
    FOR EACH ROW EXECUTE FUNCTION "refuse_label_batch_change"();
