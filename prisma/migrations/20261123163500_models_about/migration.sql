-- Words by which models are found again.
ALTER TABLE "models" ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}';

-- What is published stays as it is, whoever asks: figures elsewhere point to it. Its note, tags and state may change.
CREATE FUNCTION keep_published_model() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'published' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'model % is published', OLD.name;
  END IF;
  IF (NEW.name, NEW.manifest, NEW.weights, NEW.sha256, NEW.metrics, NEW.created_at) IS DISTINCT FROM (OLD.name, OLD.manifest, OLD.weights, OLD.sha256, OLD.metrics, OLD.created_at) THEN
    RAISE EXCEPTION 'model % is published', OLD.name;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER keep_published_model BEFORE UPDATE OR DELETE ON "models" FOR EACH ROW EXECUTE FUNCTION keep_published_model();
