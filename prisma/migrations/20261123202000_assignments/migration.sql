-- Blind second labellings: who labels which requests again, without seeing what others said.
CREATE TYPE "assignment_state" AS ENUM ('open', 'closed');

CREATE TABLE "assignments" (
    "id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "annotator" TEXT NOT NULL,
    "sample" JSONB NOT NULL,
    "state" "assignment_state" NOT NULL DEFAULT 'open',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "assignment_requests" (
    "assignment_id" TEXT NOT NULL,
    "audit_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "assignment_requests_pkey" PRIMARY KEY ("assignment_id", "audit_id")
);

CREATE INDEX "assignments_dataset_id_created_at_idx" ON "assignments"("dataset_id", "created_at" DESC);

ALTER TABLE "assignments" ADD CONSTRAINT "assignments_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "assignment_requests" ADD CONSTRAINT "assignment_requests_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

ALTER TABLE "assignments"
    ADD CONSTRAINT "assignments_title_check" CHECK (length("title") BETWEEN 1 AND 200),
    ADD CONSTRAINT "assignments_closed_at_check" CHECK (("state" = 'closed') = ("closed_at" IS NOT NULL));
