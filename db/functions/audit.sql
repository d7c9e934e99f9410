-- The audit log: each row that staff change, before and after, written by triggers in the same transaction. Ending a
-- user's sessions is logged as well, without their tokens.
CREATE OR REPLACE FUNCTION audit_label(table_name text, r jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(CASE
    WHEN table_name = 'variants' THEN
      concat_ws(', ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        nullif((SELECT string_agg(value, ' / ') FROM jsonb_array_elements_text(r -> 'option_values')), ''))
    WHEN table_name IN ('product_images', 'reviews') THEN (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint)
    WHEN table_name = 'collection_products' THEN
      concat_ws(' in ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        (SELECT title FROM collections WHERE id = (r ->> 'collection_id')::bigint))
    WHEN table_name = 'related_products' THEN
      concat_ws(' for ', (SELECT title FROM products WHERE id = (r ->> 'related_id')::bigint),
        (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint))
    WHEN table_name = 'search_synonyms' THEN
      (SELECT string_agg(value, ', ') FROM jsonb_array_elements_text(r -> 'words'))
    WHEN table_name = 'search_pins' THEN r ->> 'query'
    WHEN table_name = 'redirects' THEN r ->> 'path'
    WHEN table_name = 'search_pin_products' THEN
      concat_ws(' for ', (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        (SELECT query FROM search_pins WHERE id = (r ->> 'pin_id')::bigint))
    WHEN table_name = 'search_boosts' THEN (SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint)
    WHEN table_name = 'home_sections' THEN coalesce(nullif(r ->> 'heading', ''), replace(r ->> 'kind', '-', ' '))
    WHEN table_name = 'promotion_items' THEN
      concat_ws(' in ', coalesce((SELECT title FROM products WHERE id = (r ->> 'product_id')::bigint),
        (SELECT title FROM collections WHERE id = (r ->> 'collection_id')::bigint)),
        (SELECT title FROM promotions WHERE id = (r ->> 'promotion_id')::bigint))
    WHEN table_name = 'shipping_zone_places' THEN
      concat_ws(' in ', concat_ws('-', r ->> 'country', nullif(r ->> 'region', '')),
        (SELECT title FROM shipping_zones WHERE id = (r ->> 'zone_id')::bigint))
    WHEN table_name = 'tax_rates' THEN
      concat_ws(', ', concat_ws('-', r ->> 'country', nullif(r ->> 'region', '')),
        (SELECT title FROM tax_classes WHERE id = (r ->> 'tax_class_id')::bigint))
    WHEN table_name = 'orders' THEN concat(r ->> 'number_prefix', r ->> 'number')
    WHEN table_name = 'draft_orders' THEN concat('#D', r ->> 'id')
    WHEN table_name = 'sessions' THEN (SELECT name FROM users WHERE id = (r ->> 'user_id')::bigint)
    WHEN r ? 'order_id' AND table_name <> 'emails' THEN
      (SELECT number_prefix || number FROM orders WHERE id = (r ->> 'order_id')::bigint)
    ELSE coalesce(r ->> 'title', r ->> 'name', r ->> 'shop_name', r ->> 'filename', r ->> 'to_email', r ->> 'email')
  END, '')
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION audit_key(columns text[], r jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(r ->> name, '/' ORDER BY position) FROM unnest(columns) WITH ORDINALITY AS key (name, position)
$$;
--> statement-breakpoint
-- When a row is moved to another position, the others only shift: of the rows of a statement that changed nothing but
-- their position, only the one that moved furthest is logged.
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
-- The log is append-only.
CREATE OR REPLACE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_log is append-only' USING ERRCODE = 'insufficient_privilege';
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
    ('related_products', 'product_id,related_id', ''),
    ('search_synonyms', 'id', 'folded'),
    ('search_pins', 'id', 'folded'),
    ('search_pin_products', 'pin_id,product_id', ''),
    ('search_boosts', 'product_id', ''),
    ('redirects', 'id', 'target_path'),
    ('home_sections', 'id', ''),
    ('pages', 'id', ''),
    ('settings', 'id', ''),
    ('promotions', 'id', ''),
    ('promotion_items', 'id', ''),
    ('shipping_zones', 'id', ''),
    ('shipping_zone_places', 'id', ''),
    ('shipping_methods', 'id', ''),
    ('tax_classes', 'id', ''),
    ('tax_rates', 'id', ''),
    ('orders', 'id', 'token,checkout_key,content_hash,customer_key,received_total,authorized_total,refunded_total,pricing_terms'),
    ('draft_orders', 'id', 'token'),
    ('order_events', 'id', ''),
    ('fulfillments', 'id', ''),
    ('payments', 'id', ''),
    ('refunds', 'id', ''),
    ('returns', 'id', ''),
    ('invoices', 'id', 'content'),
    ('imports', 'id', ''),
    ('emails', 'id', 'html,text,dedupe_key'),
    ('users', 'id', 'password_hash,totp_secret,totp_last_step'),
    ('invitations', 'id', ''),
    ('reviews', 'id', 'customer_key,helpful_count')
  ) AS t (name, keys, hidden)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_insert', audited.name, audited.keys, audited.hidden);
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_update', audited.name, audited.keys, audited.hidden);
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
      FOR EACH STATEMENT WHEN (coalesce(current_setting(''till.actor'', true), '''') <> '''')
      EXECUTE FUNCTION audit_rows(%L, %L)', audited.name || '_audit_delete', audited.name, audited.keys, audited.hidden);
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER sessions_audit_delete AFTER DELETE ON sessions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT WHEN (coalesce(current_setting('till.actor', true), '') <> '')
  EXECUTE FUNCTION audit_rows('id', 'token_hash,idle_seconds,expires_at');
