-- Contexts corrected by hand: the rows of contexts and lines hold what stands now, the acts how it came to that.
CREATE TYPE "correction_act" AS ENUM ('move', 'split', 'merge', 'background', 'confirm', 'undo');

ALTER TABLE "reconstructions" ADD COLUMN "revision" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "contexts"
    ADD COLUMN "command" TEXT,
    ADD COLUMN "lines" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "lowest_confidence" DOUBLE PRECISION,
    ADD COLUMN "followed" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "corrected" JSONB;

ALTER TABLE "reconstructed_lines"
    ADD COLUMN "correction" BIGINT,
    ADD COLUMN "found" JSONB;

CREATE TABLE "context_corrections" (
    "id" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "reconstruction_id" TEXT NOT NULL,
    "act" "correction_act" NOT NULL,
    "about" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "contexts" TEXT[],
    "requests" TEXT[],
    "undoes" TEXT,
    "outcome" JSONB NOT NULL,
    "before" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "context_corrections_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "context_corrections_number_key" ON "context_corrections"("number");
CREATE UNIQUE INDEX "context_corrections_undoes_key" ON "context_corrections"("undoes");
CREATE INDEX "context_corrections_reconstruction_id_number_idx" ON "context_corrections"("reconstruction_id", "number" DESC);

ALTER TABLE "context_corrections" ADD CONSTRAINT "context_corrections_reconstruction_id_fkey" FOREIGN KEY ("reconstruction_id") REFERENCES "reconstructions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

ALTER TABLE "context_corrections"
    ADD CONSTRAINT "context_corrections_undoes_check" CHECK (("act" = 'undo') = ("undoes" IS NOT NULL)),
    ADD CONSTRAINT "context_corrections_why_check" CHECK (length("why") <= 2000);

-- An act is history: it is added or goes with its reconstruction, and never changes.
CREATE FUNCTION "refuse_context_correction_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The cascade from reconstructions runs inside another trigger.
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'corrections of contexts are never changed; undo them' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "context_corrections_immutable" BEFORE UPDATE OR DELETE ON "context_corrections"
    FOR EACH ROW EXECUTE FUNCTION "refuse_context_correction_change"();

-- Reconstructions from before this migration: what the list shows beside each context.
UPDATE "contexts" c SET "lines" = l.lines, "lowest_confidence" = l.lowest
FROM (SELECT reconstruction_id, context_id, count(*)::int AS lines, min(confidence) AS lowest FROM reconstructed_lines WHERE context_id IS NOT NULL GROUP BY 1, 2) l
WHERE l.reconstruction_id = c.reconstruction_id AND l.context_id = c.id;
