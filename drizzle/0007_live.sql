-- Announcements for open pages, on the one channel `till`: a topic, what happened, a version where there is one.
-- Each is small, delivered at commit and folded with its like. Bulk work is told as a whole, never row by row.

-- What a shopper reads of a variant's stock: the same as availabilityOf in app/domain/catalog/availability.ts.
CREATE FUNCTION stock_label(price bigint, track_stock boolean, sell_when_out boolean, stock integer, threshold integer)
RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN price IS NULL THEN '{"kind":"not-for-sale"}'::jsonb
    WHEN NOT track_stock THEN '{"kind":"in-stock"}'::jsonb
    WHEN stock <= 0 AND sell_when_out THEN '{"kind":"backorder"}'::jsonb
    WHEN stock <= 0 THEN '{"kind":"sold-out"}'::jsonb
    WHEN stock <= threshold AND NOT sell_when_out THEN jsonb_build_object('kind', 'low', 'left', stock)
    ELSE '{"kind":"in-stock"}'::jsonb
  END
$$;
--> statement-breakpoint
-- Counts the products that this transaction has told of, whatever number of statements it takes. Beyond twenty
-- there is one announcement for all: false, and the caller keeps quiet.
CREATE FUNCTION may_tell_of_products(more integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  told integer := coalesce(nullif(current_setting('till.products_told', true), ''), '0')::integer + more;
BEGIN
  IF more = 0 THEN
    RETURN false;
  END IF;
  PERFORM set_config('till.products_told', told::text, true);
  IF told > 20 THEN
    PERFORM pg_notify('till', '{"topic":"catalog","kind":"many"}');
  END IF;
  RETURN told <= 20;
END
$$;
--> statement-breakpoint
-- Something about these products changed that has to be read anew.
CREATE FUNCTION announce_products(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF may_tell_of_products(cardinality(ids)) THEN
    PERFORM pg_notify('till', format('{"topic":"product:%s","kind":"changed"}', id)) FROM unnest(ids) AS id;
  END IF;
END
$$;
--> statement-breakpoint
-- The public facts themselves: price and label of each changed variant, and what a card in a list shows.
CREATE FUNCTION announce_product_facts(product_ids bigint[], variant_ids bigint[], threshold integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  facts record;
BEGIN
  IF NOT may_tell_of_products(cardinality(product_ids)) THEN
    RETURN;
  END IF;
  FOR facts IN
    SELECT v.product_id, jsonb_build_object(
      'topic', 'product:' || v.product_id,
      'kind', 'facts',
      'card', jsonb_build_object(
        'priceMin', min(v.price),
        'priceMax', max(v.price),
        'compareAtPrice', (SELECT max(w.compare_at_price) FROM variants w
          WHERE w.product_id = v.product_id AND w.price = min(v.price) AND w.compare_at_price > w.price),
        'isSoldOut', min(v.price) IS NOT NULL
          AND bool_and(v.price IS NULL OR v.track_stock AND NOT v.sell_when_out AND v.stock <= 0)),
      'variants', jsonb_agg(jsonb_build_object(
        'id', v.id,
        'price', v.price,
        'compareAtPrice', v.compare_at_price,
        'availability', stock_label(v.price, v.track_stock, v.sell_when_out, v.stock, threshold)
      ) ORDER BY v.id) FILTER (WHERE v.id = ANY (variant_ids))
    )::text AS payload
    FROM variants v WHERE v.product_id = ANY (product_ids) GROUP BY v.product_id
  LOOP
    -- A notification holds 8,000 bytes.
    PERFORM pg_notify('till', CASE WHEN length(facts.payload) < 7000 THEN facts.payload
      ELSE format('{"topic":"product:%s","kind":"changed"}', facts.product_id) END);
  END LOOP;
END
$$;
--> statement-breakpoint
-- What changed is "new except old" and not a join: a cached plan for one row would take minutes for ten thousand.
CREATE OR REPLACE FUNCTION announce_variants() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  threshold integer := coalesce((SELECT low_stock_threshold FROM settings), 0);
  product_ids bigint[];
  variant_ids bigint[];
BEGIN
  IF NOT EXISTS (
    SELECT id, price, compare_at_price, option_values, position, track_stock, sell_when_out, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM new_rows
    EXCEPT
    SELECT id, price, compare_at_price, option_values, position, track_stock, sell_when_out, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM old_rows
  ) THEN
    RETURN NULL;
  END IF;
  PERFORM pg_notify('till', '{"topic":"catalog"}');

  SELECT coalesce(array_agg(DISTINCT product_id), '{}'), array_agg(id) INTO product_ids, variant_ids FROM (
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, sell_when_out, stock, threshold)
    FROM new_rows
    EXCEPT
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, sell_when_out, stock, threshold)
    FROM old_rows
  ) changed;
  PERFORM announce_product_facts(product_ids, variant_ids, threshold);

  SELECT coalesce(array_agg(DISTINCT product_id), '{}') INTO product_ids FROM (
    SELECT id, product_id, option_values, position, image_id, sku FROM new_rows
    EXCEPT
    SELECT id, product_id, option_values, position, image_id, sku FROM old_rows
  ) changed;
  PERFORM announce_products(product_ids);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Versions that came or went. Nobody has a page of a product that is being made in this very transaction.
-- Triggers fire by name: the catalogue's own come first, so that no kept answer outlives an event about it.
CREATE FUNCTION announce_variant_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(p.id), '{}'))
  FROM products p WHERE p.created_at < now() AND p.id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER variants_announce_set_came AFTER INSERT ON variants
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_variant_set();
--> statement-breakpoint
CREATE TRIGGER variants_announce_set_went AFTER DELETE ON variants
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_variant_set();
--> statement-breakpoint
-- The price range is not compared: it follows the variants, which have told of it.
CREATE FUNCTION announce_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(id), '{}')) FROM (
    SELECT id, handle, title, description, vendor, type, status, published_at, option_names FROM new_rows
    EXCEPT
    SELECT id, handle, title, description, vendor, type, status, published_at, option_names FROM old_rows
  ) changed;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER products_announce_change AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_product_changes();
--> statement-breakpoint
CREATE FUNCTION announce_product_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(id), '{}')) FROM old_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER products_announce_end AFTER DELETE ON products
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_product_ends();
--> statement-breakpoint
-- "Only N left" is counted from here for every variant.
CREATE FUNCTION announce_threshold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT low_stock_threshold FROM new_rows EXCEPT SELECT low_stock_threshold FROM old_rows) THEN
    PERFORM pg_notify('till', '{"topic":"catalog","kind":"many"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER settings_announce_threshold AFTER UPDATE ON settings
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_threshold();
--> statement-breakpoint
-- Many carts or orders in one statement are nobody's purchase but a repair by hand: then all pages read anew.
CREATE FUNCTION announce_carts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM new_rows) > 100 THEN
    PERFORM pg_notify('till', '{"topic":"everything"}');
  ELSE
    PERFORM pg_notify('till', format('{"topic":"cart:%s","kind":"changed","version":%s}', id, version))
    FROM (SELECT id, version FROM new_rows EXCEPT SELECT id, version FROM old_rows) changed;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER carts_announce AFTER UPDATE ON carts
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_carts();
--> statement-breakpoint
CREATE FUNCTION announce_new_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM new_rows) > 100 THEN
    PERFORM pg_notify('till', '{"topic":"everything"}');
  ELSE
    PERFORM pg_notify('till', format('{"topic":"admin","kind":"order","id":%s,"version":%s,"isNew":true}', id, version))
    FROM new_rows;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_announce_new AFTER INSERT ON orders
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_new_orders();
--> statement-breakpoint
CREATE FUNCTION announce_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM new_rows) > 100 THEN
    PERFORM pg_notify('till', '{"topic":"everything"}');
  ELSE
    PERFORM pg_notify('till', format('{"topic":"order:%s","kind":"changed","version":%s}', id, version)),
      pg_notify('till', format('{"topic":"admin","kind":"order","id":%s,"version":%s,"isNew":false}', id, version))
    FROM (SELECT id, version FROM new_rows EXCEPT SELECT id, version FROM old_rows) changed;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER orders_announce AFTER UPDATE ON orders
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_orders();
--> statement-breakpoint
-- Somebody signed in is signed out at once, whoever deletes the row. Five hundred sessions fit into one notification.
CREATE FUNCTION announce_ended_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"session","kind":"ended","ids":[%s]}', string_agg(id::text, ',' ORDER BY id)))
  FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / 500 AS bundle FROM old_rows
    WHERE user_id IS NOT NULL AND expires_at > now()
  ) ended
  GROUP BY bundle;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER sessions_announce_end AFTER DELETE ON sessions
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_ended_sessions();
--> statement-breakpoint
CREATE FUNCTION announce_imports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"import:%s","kind":"progress"}', id)) FROM new_rows ORDER BY id DESC LIMIT 20;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER imports_announce AFTER UPDATE ON imports
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_imports();
