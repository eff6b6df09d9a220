-- What a model looks at, and how far finding it out has come.
ALTER TABLE "models" ADD COLUMN "explanation" JSONB,
ADD COLUMN "explaining" JSONB,
ADD COLUMN "neighbours" JSONB;
