-- What staff change, row by row, before and after. The command names the actor for its transaction
-- (auditedTransaction in db/client.ts); where nobody is named, as for everything shoppers and jobs do, the
-- triggers do not run at all.
CREATE FUNCTION audit_label(table_name text, r jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(CASE
    WHEN table_name = 'variants' THEN
      concat_ws(', ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        nullif((SELECT string_agg(value, ' / ') FROM jsonb_array_elements_text(r -> 'option_values')), ''))
    WHEN table_name = 'product_images' THEN (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint)
    WHEN table_name = 'collection_products' THEN
      concat_ws(' in ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        (SELECT title FROM collections WHERE id = (r ->> 'collection_id')::bigint))
    WHEN table_name = 'orders' THEN concat(r ->> 'number_prefix', r ->> 'number')
    WHEN r ? 'order_id' AND table_name <> 'mails' THEN
      (SELECT number_prefix || number FROM orders WHERE id = (r ->> 'order_id')::bigint)
    ELSE coalesce(r ->> 'title', r ->> 'name', r ->> 'shop_name', r ->> 'filename', r ->> 'to_email', r ->> 'email')
  END, '')
$$;
--> statement-breakpoint
CREATE FUNCTION audit_key(columns text[], r jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(r ->> name, '/' ORDER BY position) FROM unnest(columns) WITH ORDINALITY AS key (name, position)
$$;
--> statement-breakpoint
-- Arguments: the table's key columns, and the columns that are nobody's business or say nothing, with commas.
CREATE FUNCTION audit_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor bigint := current_setting('till.actor')::bigint;
  actor_name text := coalesce((SELECT name FROM users WHERE id = actor), '');
  keys text[] := string_to_array(TG_ARGV[0], ',');
  hidden text[] := string_to_array(TG_ARGV[1], ',') || ARRAY['version', 'created_at', 'updated_at'];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_log (actor_id, actor_name, table_name, row_key, label, action, changes)
    SELECT actor, actor_name, TG_TABLE_NAME, pair.key, audit_label(TG_TABLE_NAME, pair.n), 'update', changed.columns
    FROM (
      SELECT audit_key(keys, to_jsonb(n)) AS key, to_jsonb(o) AS o, to_jsonb(n) AS n
      FROM new_rows n JOIN old_rows o ON audit_key(keys, to_jsonb(o)) = audit_key(keys, to_jsonb(n))
    ) pair
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(name, jsonb_build_array(pair.o -> name, value)) AS columns
      FROM jsonb_each(pair.n - hidden) AS c (name, value)
      WHERE pair.o -> name IS DISTINCT FROM value
    ) changed
    WHERE changed.columns IS NOT NULL;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO audit_log (actor_id, actor_name, table_name, row_key, label, action, changes)
    SELECT actor, actor_name, TG_TABLE_NAME, audit_key(keys, r), audit_label(TG_TABLE_NAME, r), 'insert',
      coalesce((SELECT jsonb_object_agg(name, jsonb_build_array(NULL, value))
        FROM jsonb_each(jsonb_strip_nulls(r - hidden)) AS c (name, value)
        WHERE value NOT IN ('""', '[]')), '{}')
    FROM (SELECT to_jsonb(n) AS r FROM new_rows n) rows;
  ELSE
    INSERT INTO audit_log (actor_id, actor_name, table_name, row_key, label, action, changes)
    SELECT actor, actor_name, TG_TABLE_NAME, audit_key(keys, r), audit_label(TG_TABLE_NAME, r), 'delete',
      coalesce((SELECT jsonb_object_agg(name, jsonb_build_array(value, NULL))
        FROM jsonb_each(jsonb_strip_nulls(r - hidden)) AS c (name, value)
        WHERE value NOT IN ('""', '[]')), '{}')
    FROM (SELECT to_jsonb(o) AS r FROM old_rows o) rows;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  audited record;
BEGIN
  FOR audited IN SELECT * FROM (VALUES
    ('products', 'id', 'option_count,price_min,price_max'),
    ('variants', 'id', 'option_count'),
    ('product_images', 'id', ''),
    ('collections', 'id', ''),
    ('collection_products', 'collection_id,product_id', ''),
    ('settings', 'id', ''),
    ('orders', 'id', 'token,checkout_key,content_hash'),
    ('order_events', 'id', ''),
    ('fulfilments', 'id', ''),
    ('payments', 'id', ''),
    ('imports', 'id', ''),
    ('mails', 'id', 'html,text,dedupe_key'),
    ('users', 'id', 'password_hash,totp_secret,totp_last_step'),
    ('invitations', 'id', '')
  ) AS t (name, keys, hidden)
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_insert', audited.name, audited.keys, audited.hidden);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_update', audited.name, audited.keys, audited.hidden);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_delete', audited.name, audited.keys, audited.hidden);
  END LOOP;
END
$$;
--> statement-breakpoint
-- What was written stays as it was written.
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
