-- Each person who was told something, or read it, hears so on every device: the bell asks for its number anew.
CREATE FUNCTION announce_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(DISTINCT user_id) FROM new_rows) > 100 THEN
    PERFORM pg_notify('till', '{"topic":"everything"}');
  ELSE
    PERFORM pg_notify('till', format('{"topic":"user:%s","kind":"notifications"}', user_id))
    FROM (SELECT DISTINCT user_id FROM new_rows) told;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER notifications_announce_new AFTER INSERT ON notifications
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
--> statement-breakpoint
CREATE TRIGGER notifications_announce_read AFTER UPDATE ON notifications
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
