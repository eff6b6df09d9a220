-- Outputs of cells beside the text they belong to, the way to a shared notebook, and which example it came from.
ALTER TABLE "notebooks" ADD COLUMN "outputs" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "share_token" TEXT,
ADD COLUMN "example" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "notebooks_share_token_key" ON "notebooks"("share_token");
