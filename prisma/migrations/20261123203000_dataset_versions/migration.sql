-- Data sets as things: versions of their labels with content hashes, splits of a version, a card, and what they were made from.
ALTER TABLE "datasets"
    ADD COLUMN "about" JSONB,
    ADD COLUMN "operation" JSONB;

CREATE TABLE "dataset_versions" (
    "dataset_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "parent" INTEGER,
    "events_sha256" TEXT NOT NULL,
    "labels_sha256" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "labels" BYTEA NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_versions_pkey" PRIMARY KEY ("dataset_id", "number")
);

CREATE TABLE "dataset_splits" (
    "id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "counts" JSONB NOT NULL,
    "leakage" JSONB NOT NULL,
    "parts" BYTEA NOT NULL,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_splits_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "dataset_parents" (
    "dataset_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "parent_id" TEXT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "dataset_parents_pkey" PRIMARY KEY ("dataset_id", "place")
);

CREATE UNIQUE INDEX "dataset_splits_dataset_id_version_name_key" ON "dataset_splits"("dataset_id", "version", "name");
CREATE INDEX "dataset_parents_parent_id_idx" ON "dataset_parents"("parent_id");

ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dataset_splits" ADD CONSTRAINT "dataset_splits_dataset_id_version_fkey" FOREIGN KEY ("dataset_id", "version") REFERENCES "dataset_versions"("dataset_id", "number") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dataset_parents" ADD CONSTRAINT "dataset_parents_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "dataset_parents" ADD CONSTRAINT "dataset_parents_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "datasets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say.

ALTER TABLE "dataset_versions"
    ADD CONSTRAINT "dataset_versions_number_check" CHECK ("number" > 0 AND ("parent" IS NULL OR "parent" < "number")),
    ADD CONSTRAINT "dataset_versions_hashes_check" CHECK ("events_sha256" ~ '^[0-9a-f]{64}$' AND "labels_sha256" ~ '^[0-9a-f]{64}$');

ALTER TABLE "dataset_splits" ADD CONSTRAINT "dataset_splits_name_check" CHECK (length("name") BETWEEN 1 AND 80);

-- A version is what runs and papers point at: it stays as it was frozen, and goes with its data set alone.
CREATE FUNCTION "refuse_dataset_version_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'versions of data sets are never changed; freeze another' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "dataset_versions_immutable" BEFORE UPDATE OR DELETE ON "dataset_versions"
    FOR EACH ROW EXECUTE FUNCTION "refuse_dataset_version_change"();
