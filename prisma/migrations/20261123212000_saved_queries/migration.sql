-- Saved queries are put into folders and say what they are for.
ALTER TABLE "saved_queries" ADD COLUMN "folder" TEXT NOT NULL DEFAULT '', ADD COLUMN "description" TEXT NOT NULL DEFAULT '';
