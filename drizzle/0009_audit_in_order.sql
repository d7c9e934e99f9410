-- Ending somebody's sessions is something that staff do, so it is in the log as well, without the tokens.
CREATE OR REPLACE FUNCTION audit_label(table_name text, r jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(CASE
    WHEN table_name = 'variants' THEN
      concat_ws(', ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        nullif((SELECT string_agg(value, ' / ') FROM jsonb_array_elements_text(r -> 'option_values')), ''))
    WHEN table_name = 'product_images' THEN (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint)
    WHEN table_name = 'collection_products' THEN
      concat_ws(' in ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        (SELECT title FROM collections WHERE id = (r ->> 'collection_id')::bigint))
    WHEN table_name = 'orders' THEN concat(r ->> 'number_prefix', r ->> 'number')
    WHEN table_name = 'sessions' THEN (SELECT name FROM users WHERE id = (r ->> 'user_id')::bigint)
    WHEN r ? 'order_id' AND table_name <> 'mails' THEN
      (SELECT number_prefix || number FROM orders WHERE id = (r ->> 'order_id')::bigint)
    ELSE coalesce(r ->> 'title', r ->> 'name', r ->> 'shop_name', r ->> 'filename', r ->> 'to_email', r ->> 'email')
  END, '')
$$;
--> statement-breakpoint
-- As in 0005, and: when a thing is put at another place, the others only make room for it. Of the rows of a
-- statement that changed nothing but their position, the one that went furthest is logged.
CREATE OR REPLACE FUNCTION audit_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor bigint := current_setting('till.actor')::bigint;
  actor_name text := coalesce((SELECT name FROM users WHERE id = actor), '');
  keys text[] := string_to_array(TG_ARGV[0], ',');
  hidden text[] := string_to_array(TG_ARGV[1], ',') || ARRAY['version', 'created_at', 'updated_at'];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_log (actor_id, actor_name, table_name, row_key, label, action, changes)
    SELECT actor, actor_name, TG_TABLE_NAME, ranked.key, audit_label(TG_TABLE_NAME, ranked.n), 'update', ranked.columns
    FROM (
      SELECT pair.key, pair.n, changed.columns, changed.columns - 'position' = '{}' AS only_moved,
        row_number() OVER (
          PARTITION BY changed.columns - 'position' = '{}'
          ORDER BY abs((pair.n ->> 'position')::int - (pair.o ->> 'position')::int) DESC, pair.key
        ) AS rank
      FROM (
        SELECT audit_key(keys, to_jsonb(n)) AS key, to_jsonb(o) AS o, to_jsonb(n) AS n
        FROM new_rows n JOIN old_rows o ON audit_key(keys, to_jsonb(o)) = audit_key(keys, to_jsonb(n))
      ) pair
      CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(name, jsonb_build_array(pair.o -> name, value)) AS columns
        FROM jsonb_each(pair.n - hidden) AS c (name, value)
        WHERE pair.o -> name IS DISTINCT FROM value
      ) changed
      WHERE changed.columns IS NOT NULL
    ) ranked
    WHERE NOT ranked.only_moved OR ranked.rank = 1;
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
CREATE TRIGGER sessions_audit_delete AFTER DELETE ON sessions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT WHEN (coalesce(current_setting('till.actor', true), '') <> '')
  EXECUTE FUNCTION audit_rows('id', 'token_hash,idle_seconds,expires_at');
