-- A log in PostgreSQL: each row's hash is over the hash before it and its own body. Rows are appended one after the
-- other, by a lock that is held until the transaction is durable.
CREATE TABLE event (position bigint PRIMARY KEY, body bytea NOT NULL, hash bytea NOT NULL);

CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last event%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(1);
  SELECT * INTO last FROM event ORDER BY position DESC LIMIT 1;
  NEW.position := coalesce(last.position + 1, 0);
  NEW.hash := sha256(coalesce(last.hash, ''::bytea) || NEW.body);
  RETURN NEW;
END $$;

CREATE TRIGGER chain BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION chain();
