-- Publishing is for good: an archived model that was published may be taken back to where it was, never to a draft.
ALTER TABLE "models" ADD COLUMN "published_at" TIMESTAMPTZ(3);
UPDATE "models" SET published_at = updated_at WHERE state = 'published';

CREATE OR REPLACE FUNCTION keep_published_model() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'archived' THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'model % is published', OLD.name;
  END IF;
  IF NEW.state = 'draft' OR (NEW.name, NEW.manifest, NEW.weights, NEW.sha256, NEW.metrics, NEW.created_at, NEW.published_at) IS DISTINCT FROM (OLD.name, OLD.manifest, OLD.weights, OLD.sha256, OLD.metrics, OLD.created_at, OLD.published_at) THEN
    RAISE EXCEPTION 'model % is published', OLD.name;
  END IF;
  RETURN NEW;
END
$$;
