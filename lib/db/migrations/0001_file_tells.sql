-- Row, version, event and NOTIFY in one transaction, whoever changes the row.
-- The payload is fileId:version only: a hint to read the row, never the news itself.
CREATE FUNCTION file_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'file %: version must grow by one, not from % to %', NEW.id, OLD.version, NEW.version;
  END IF;
  INSERT INTO file_event (file_id, version, state, progress)
    VALUES (NEW.id, NEW.version, NEW.state, NEW.progress);
  PERFORM pg_notify('file_event', NEW.id || ':' || NEW.version);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER file_tells AFTER INSERT OR UPDATE OF version ON file
  FOR EACH ROW EXECUTE FUNCTION file_tells();
