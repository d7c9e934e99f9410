-- db/functions/announcements.sql
-- Announcements of row changes: small notifications on the channel "till", delivered at commit. The database is
-- authoritative; a notification only says that something changed. NOTIFY serializes commits, so each statement sends
-- few notifications, and none for changes that shoppers cannot see. "The catalog changed": one small notification per
-- transaction, however many rows it wrote (PostgreSQL removes duplicates).
CREATE OR REPLACE FUNCTION announce_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', '{"topic":"catalog"}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Promotions, shipping and taxes decide the totals of every open cart. Random, so that one version never stands for
-- two sets of rules, in whatever database.
CREATE OR REPLACE FUNCTION announce_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pricing_version DEFAULT VALUES
    ON CONFLICT (is_only) DO UPDATE SET version = gen_random_uuid();
  PERFORM pg_notify('till', '{"topic":"catalog"}'), pg_notify('till', '{"topic":"catalog","kind":"many"}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Changes are found by "new EXCEPT old" and not by a join: a cached plan for one row would take minutes for ten
-- thousand.
CREATE OR REPLACE FUNCTION announce_variants() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  threshold integer := coalesce((SELECT low_stock_threshold FROM settings), 0);
  changed_ids bigint[];
  fact_ids bigint[];
  other_ids bigint[];
  variant_ids bigint[];
BEGIN
  SELECT array_agg(DISTINCT product_id) INTO changed_ids FROM (
    SELECT id, price, compare_at_price, option_values, position, track_stock, allow_backorder, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM new_rows
    EXCEPT
    SELECT id, price, compare_at_price, option_values, position, track_stock, allow_backorder, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM old_rows
  ) changed;
  IF changed_ids IS NULL THEN
    RETURN NULL;
  END IF;

  SELECT coalesce(array_agg(DISTINCT product_id), '{}'), array_agg(id) INTO fact_ids, variant_ids FROM (
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, allow_backorder, stock, threshold)
    FROM new_rows
    EXCEPT
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, allow_backorder, stock, threshold)
    FROM old_rows
  ) changed;
  PERFORM announce_product_facts(fact_ids, variant_ids, threshold);

  SELECT coalesce(array_agg(DISTINCT product_id), '{}') INTO other_ids FROM (
    SELECT id, product_id, option_values, position, image_id, sku FROM new_rows
    EXCEPT
    SELECT id, product_id, option_values, position, image_id, sku FROM old_rows
  ) changed;
  PERFORM announce_products(other_ids);

  PERFORM announce_cached_products(coalesce(array_agg(id), '{}')) FROM (
    SELECT id FROM unnest(changed_ids) AS id EXCEPT SELECT unnest(fact_ids || other_ids)
  ) rest;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Announcements for open pages, on the one channel `till`: a topic, what happened, and a version where there is one.
-- Each is small, delivered at commit and deduplicated. Bulk changes are announced as a whole, never row by row.

-- A variant's availability for shoppers: the same as getAvailability in app/domain/stock/availability.ts.
CREATE OR REPLACE FUNCTION stock_label(price bigint, track_stock boolean, allow_backorder boolean, stock integer, threshold integer)
RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN price IS NULL THEN '{"kind":"not-for-sale"}'::jsonb
    WHEN NOT track_stock THEN '{"kind":"in-stock"}'::jsonb
    WHEN stock <= 0 AND allow_backorder THEN '{"kind":"backorder"}'::jsonb
    WHEN stock <= 0 THEN '{"kind":"sold-out"}'::jsonb
    WHEN stock <= threshold AND NOT allow_backorder THEN jsonb_build_object('kind', 'low', 'left', stock)
    ELSE '{"kind":"in-stock"}'::jsonb
  END
$$;
--> statement-breakpoint
-- These products changed, and pages must reload their data.
CREATE OR REPLACE FUNCTION announce_products(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF may_announce_each(ids) THEN
    PERFORM pg_notify('till', format('{"topic":"product:%s","kind":"changed"}', id)) FROM unnest(ids) AS id;
  END IF;
END
$$;
--> statement-breakpoint
-- The new public data: price and label of each changed variant, and what a product card shows.
CREATE OR REPLACE FUNCTION announce_product_facts(product_ids bigint[], variant_ids bigint[], threshold integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  facts record;
  shows_lowest boolean := coalesce((SELECT shows_lowest_price FROM settings), false);
BEGIN
  IF NOT may_announce_each(product_ids) THEN
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
          AND bool_and(v.price IS NULL OR v.track_stock AND NOT v.allow_backorder AND v.stock <= 0)),
      'variants', jsonb_agg(jsonb_build_object(
        'id', v.id,
        'price', v.price,
        'compareAtPrice', v.compare_at_price,
        'availability', stock_label(v.price, v.track_stock, v.allow_backorder, v.stock, threshold)
      ) ORDER BY v.id) FILTER (WHERE v.id = ANY (variant_ids))
    )::text AS payload, coalesce(bool_or(v.compare_at_price > v.price), false) AS is_reduced
    FROM variants v WHERE v.product_id = ANY (product_ids) GROUP BY v.product_id
  LOOP
    -- A notification is limited to 8,000 bytes, and has no lowest price of 30 days.
    PERFORM pg_notify('till', CASE
      WHEN octet_length(facts.payload) < 7000 AND NOT (shows_lowest AND facts.is_reduced) THEN facts.payload
      ELSE format('{"topic":"product:%s","kind":"changed"}', facts.product_id) END);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Variants were added or deleted. No page shows a product that was created in this same transaction. Triggers fire in
-- name order: those that invalidate caches come first, so that no cached data outlives an event about it.
CREATE OR REPLACE FUNCTION announce_variant_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(p.id), '{}'))
  FROM products p WHERE p.created_at < now() AND p.id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- No page shows a product that was created in this same transaction; its sets were announced when it was inserted. A
-- first or last price counts as a move between sets: lists offer a price filter once a product of theirs has a price.
CREATE OR REPLACE FUNCTION announce_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  page_ids bigint[];
BEGIN
  PERFORM announce_lists(array_agg(key)) FROM (
    (SELECT id, status, published_at, type, vendor, tags, price_min IS NULL FROM new_rows
      WHERE status = 'active' AND created_at < now()
    EXCEPT SELECT id, status, published_at, type, vendor, tags, price_min IS NULL FROM old_rows)
    UNION ALL
    (SELECT id, status, published_at, type, vendor, tags, price_min IS NULL FROM old_rows
      WHERE status = 'active' AND created_at < now()
    EXCEPT SELECT id, status, published_at, type, vendor, tags, price_min IS NULL FROM new_rows)
  ) moved, LATERAL list_keys(moved.id, moved.type, moved.vendor, moved.tags) AS key;

  SELECT coalesce(array_agg(id), '{}') INTO page_ids FROM (
    SELECT id, handle, title, description, vendor, type, status, published_at, option_names FROM new_rows
    EXCEPT
    SELECT id, handle, title, description, vendor, type, status, published_at, option_names FROM old_rows
  ) changed;
  PERFORM announce_products(page_ids);

  PERFORM announce_cached_products(coalesce(array_agg(id), '{}')) FROM (
    SELECT id FROM (
      SELECT id, tags, seo_title, seo_description, price_min, price_max FROM new_rows WHERE created_at < now()
      EXCEPT
      SELECT id, tags, seo_title, seo_description, price_min, price_max FROM old_rows
    ) changed EXCEPT SELECT unnest(page_ids)
  ) rest;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_product_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_lists(array_agg(key))
  FROM old_rows r, LATERAL list_keys(r.id, r.type, r.vendor, r.tags) AS key WHERE r.status = 'active';
  PERFORM announce_products(coalesce(array_agg(id), '{}')) FROM old_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- The low-stock threshold ("only N left") and the lowest price of 30 days affect every variant.
CREATE OR REPLACE FUNCTION announce_threshold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT low_stock_threshold, shows_lowest_price FROM new_rows
    EXCEPT SELECT low_stock_threshold, shows_lowest_price FROM old_rows
  ) THEN
    PERFORM pg_notify('till', '{"topic":"catalog","kind":"many"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Many carts or orders in one statement are not a purchase but a manual repair: then all pages reload.
CREATE OR REPLACE FUNCTION announce_carts() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION announce_new_orders() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION announce_orders() RETURNS trigger LANGUAGE plpgsql AS $$
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
-- Deleting a session row signs its user out immediately, whoever deletes it. Five hundred sessions fit into one
-- notification.
CREATE OR REPLACE FUNCTION announce_ended_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION announce_imports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"import:%s","kind":"progress"}', id)) FROM new_rows ORDER BY id DESC LIMIT 20;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Import pages show how many of their images are fetched.
CREATE OR REPLACE FUNCTION announce_image_fetches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"import:%s","kind":"images"}', import_id))
  FROM (
    SELECT DISTINCT import_id FROM import_images WHERE fetch_id IN (SELECT id FROM new_rows)
    ORDER BY import_id DESC LIMIT 20
  ) pages;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- New and read notifications are announced to all devices of their user, which then reload the unread count.
CREATE OR REPLACE FUNCTION announce_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
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
-- The order's page reloads when a user opens or leaves it, not at each heartbeat.
CREATE OR REPLACE FUNCTION announce_order_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"order:%s","kind":"%s"}', order_id, TG_ARGV[0]))
  FROM (SELECT DISTINCT order_id FROM moved_rows LIMIT 20) moved;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A note and a sent email are in the timeline and do not change the order's version. Everything else does, and is
-- announced with it.
CREATE OR REPLACE FUNCTION announce_order_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"order:%s","kind":"timeline"}', order_id))
  FROM (SELECT DISTINCT order_id FROM new_rows WHERE kind IN ('note', 'email-sent') LIMIT 20) noted;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Cached data depends on products, on sets of products, and on everything else as a whole. Triggers announce which of
-- them changed, so that a sale or an import invalidates only what it changed:
--   {"topic":"product:7", ...}                                    one product, also for open pages
--   {"topic":"catalog","kind":"products","ids":[7,8]}             products, for caches only
--   {"topic":"catalog","kind":"lists","keys":["all","tag:new"]}   sets that a product entered, left or moved within
--   {"topic":"catalog"}                                           anything
-- app/domain/realtime/dependencies.ts parses the names of sets.

-- A transaction with more than twenty of these has changed too much for details.
CREATE OR REPLACE FUNCTION announce_catalog_detail(payload text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  count integer := coalesce(nullif(current_setting('till.catalog_details', true), ''), '0')::integer + 1;
BEGIN
  PERFORM set_config('till.catalog_details', count::text, true);
  PERFORM pg_notify('till', CASE WHEN count > 20 THEN '{"topic":"catalog"}' ELSE payload END);
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_cached_products(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(ids) > 2000 THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
    RETURN;
  END IF;
  PERFORM announce_catalog_detail(
    format('{"topic":"catalog","kind":"products","ids":[%s]}', string_agg(id::text, ',' ORDER BY id)))
  FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / 500 AS piece FROM unnest(ids) AS id) numbered
  GROUP BY piece;
END
$$;
--> statement-breakpoint
-- The sets that contain such a product.
CREATE OR REPLACE FUNCTION list_keys(product_id bigint, type text, vendor text, tags text[])
RETURNS SETOF text STABLE LANGUAGE sql AS $$
  SELECT 'all'
  UNION ALL SELECT 'type:' || $2 WHERE $2 <> ''
  UNION ALL SELECT 'vendor:' || $3 WHERE $3 <> ''
  UNION ALL SELECT 'tag:' || tag FROM unnest($4) AS tag
  UNION ALL SELECT 'collection:' || collection_id FROM collection_products WHERE collection_products.product_id = $1
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_lists(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(keys) > 2000 THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
    RETURN;
  END IF;
  PERFORM announce_catalog_detail(
    format('{"topic":"catalog","kind":"lists","keys":[%s]}', string_agg(to_json(key)::text, ',' ORDER BY key)))
  FROM (
    SELECT key, sum(octet_length(to_json(key)::text) + 1) OVER (ORDER BY key) / 5000 AS piece
    FROM (SELECT DISTINCT unnest(keys) AS key) each
  ) numbered
  GROUP BY piece;
END
$$;
--> statement-breakpoint
-- True: announce each product to open pages, up to twenty per transaction. Beyond that one announcement covers all
-- pages, and caches get the product ids; where products change one at a time, they get one announcement, too.
CREATE OR REPLACE FUNCTION may_announce_each(ids bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  more integer := cardinality(ids);
  told integer := coalesce(nullif(current_setting('till.products_told', true), ''), '0')::integer + more;
BEGIN
  IF more = 0 THEN
    RETURN false;
  END IF;
  PERFORM set_config('till.products_told', told::text, true);
  IF told <= 20 THEN
    RETURN true;
  END IF;
  IF more >= 5 OR current_setting('till.products_in_bulk', true) = 'on' THEN
    PERFORM set_config('till.products_in_bulk', 'on', true);
    PERFORM announce_cached_products(ids);
  ELSE
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  END IF;
  PERFORM pg_notify('till', '{"topic":"catalog","kind":"many"}');
  RETURN false;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_products_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_lists(array_agg(key))
  FROM new_rows r, LATERAL list_keys(r.id, r.type, r.vendor, r.tags) AS key WHERE r.status = 'active';
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_images() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_cached_products(coalesce(array_agg(id), '{}')) FROM products
  WHERE created_at < now() AND id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM collections WHERE media_hash IN (SELECT hash FROM moved_rows)
    UNION ALL SELECT FROM home_sections WHERE media_hash IN (SELECT hash FROM moved_rows)
  ) THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  END IF;
  PERFORM announce_cached_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM (
    SELECT product_id FROM product_images WHERE media_hash IN (SELECT hash FROM moved_rows)
    UNION ALL
    SELECT r.product_id FROM review_photos p JOIN reviews r ON r.id = p.review_id
    WHERE p.media_hash IN (SELECT hash FROM moved_rows)
  ) shown;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_collection_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_lists(array_agg(DISTINCT 'collection:' || collection_id)) FROM moved_rows;
  PERFORM announce_cached_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM moved_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Pages of a product show its related products.
CREATE OR REPLACE FUNCTION announce_related_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM moved_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Synonyms, pins and boosts change the results of any search. The triggers also fire without rows, at each deletion of a
-- product.
CREATE OR REPLACE FUNCTION announce_search_settings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM moved_rows) THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Created and deleted carts: no page knows the cart's topic before the cart exists.
CREATE OR REPLACE FUNCTION announce_cart_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM moved_rows) > 3000 THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  ELSE
    PERFORM pg_notify('till', format('{"topic":"carts","keys":[%s]}', string_agg(to_json(key)::text, ',' ORDER BY key)))
    FROM (
      SELECT key, (row_number() OVER (ORDER BY key) - 1) / 200 AS piece
      FROM (SELECT coalesce('user:' || user_id, 'session:' || session_id) AS key FROM moved_rows) each
    ) numbered
    GROUP BY piece;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collections_announce AFTER INSERT OR UPDATE OR DELETE ON collections
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER pages_announce AFTER INSERT OR UPDATE OR DELETE ON pages
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER home_sections_announce AFTER INSERT OR UPDATE OR DELETE ON home_sections
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
INSERT INTO pricing_version DEFAULT VALUES ON CONFLICT DO NOTHING;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER promotions_announce AFTER INSERT OR UPDATE OR DELETE ON promotions
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER promotion_items_announce AFTER INSERT OR UPDATE OR DELETE ON promotion_items
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER shipping_zones_announce AFTER INSERT OR UPDATE OR DELETE ON shipping_zones
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER shipping_zone_places_announce AFTER INSERT OR UPDATE OR DELETE ON shipping_zone_places
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER shipping_methods_announce AFTER INSERT OR UPDATE OR DELETE ON shipping_methods
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER tax_classes_announce AFTER INSERT OR UPDATE OR DELETE ON tax_classes
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER tax_rates_announce AFTER INSERT OR UPDATE OR DELETE ON tax_rates
  FOR EACH STATEMENT EXECUTE FUNCTION announce_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER settings_announce AFTER INSERT OR UPDATE OR DELETE ON settings
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_announce_change AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_variants();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_announce_set_inserted AFTER INSERT ON variants
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_announce_set_deleted AFTER DELETE ON variants
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_announce_change AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_product_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_announce_end AFTER DELETE ON products
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_product_ends();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER settings_announce_threshold AFTER UPDATE ON settings
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_threshold();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER carts_announce AFTER UPDATE ON carts
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_carts();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER orders_announce_new AFTER INSERT ON orders
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_new_orders();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER orders_announce AFTER UPDATE ON orders
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_orders();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER sessions_announce_end AFTER DELETE ON sessions
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_ended_sessions();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER imports_announce AFTER UPDATE ON imports
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_imports();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER image_fetches_announce AFTER UPDATE ON image_fetches
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_image_fetches();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER notifications_announce_new AFTER INSERT ON notifications
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER notifications_announce_read AFTER UPDATE ON notifications
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER order_presence_announce_inserted AFTER INSERT ON order_presence
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_pages('watchers');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER order_presence_announce_deleted AFTER DELETE ON order_presence
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_pages('watchers');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER order_events_announce AFTER INSERT ON order_events
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_notes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_announce_insert AFTER INSERT ON products
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_products_inserted();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_images_announce_insert AFTER INSERT ON product_images
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_images_announce_update AFTER UPDATE ON product_images
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_images_announce_delete AFTER DELETE ON product_images
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER media_announce AFTER UPDATE ON media
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_media();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collection_products_announce_insert AFTER INSERT ON collection_products
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collection_products_announce_update AFTER UPDATE ON collection_products
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collection_products_announce_delete AFTER DELETE ON collection_products
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER carts_announce_insert AFTER INSERT ON carts
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_cart_owners();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER carts_announce_delete AFTER DELETE ON carts
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_cart_owners();
--> statement-breakpoint
DO $$
DECLARE
  announced record;
BEGIN
  FOR announced IN SELECT * FROM (VALUES
    ('related_products', 'announce_related_products'),
    ('search_synonyms', 'announce_search_settings'),
    ('search_pins', 'announce_search_settings'),
    ('search_pin_products', 'announce_search_settings'),
    ('search_boosts', 'announce_search_settings')
  ) AS t (name, function)
  LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS moved_rows
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', announced.name || '_announce_insert', announced.name, announced.function);
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS moved_rows
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', announced.name || '_announce_update', announced.name, announced.function);
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS moved_rows
      FOR EACH STATEMENT EXECUTE FUNCTION %I()', announced.name || '_announce_delete', announced.name, announced.function);
  END LOOP;
END
$$;
--> statement-breakpoint
-- db/functions/audit.sql
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
--> statement-breakpoint
-- db/functions/handles.sql
-- Former handles of products, collections and pages, whose addresses redirect. A trigger covers every command, imports and
-- repairs by hand. A row refers to what had the handle, so any number of renames leads to the current handle. A row that
-- refers to nothing is of something that was deleted.
CREATE OR REPLACE FUNCTION record_former_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO handle_history (kind, handle, product_id, collection_id, page_id)
  VALUES (
    TG_ARGV[0]::handle_kind,
    OLD.handle,
    CASE WHEN TG_ARGV[0] = 'product' THEN NEW.id END,
    CASE WHEN TG_ARGV[0] = 'collection' THEN NEW.id END,
    CASE WHEN TG_ARGV[0] = 'page' THEN NEW.id END
  )
  ON CONFLICT (kind, handle) DO UPDATE SET
    product_id = EXCLUDED.product_id, collection_id = EXCLUDED.collection_id, page_id = EXCLUDED.page_id,
    created_at = now();
  -- Renamed back: its current handle is no former one.
  DELETE FROM handle_history WHERE kind = TG_ARGV[0]::handle_kind AND handle = NEW.handle
    AND coalesce(product_id, collection_id, page_id) = NEW.id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_former_handle AFTER UPDATE OF handle ON products
  FOR EACH ROW WHEN (OLD.handle <> NEW.handle) EXECUTE FUNCTION record_former_handle('product');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collections_former_handle AFTER UPDATE OF handle ON collections
  FOR EACH ROW WHEN (OLD.handle <> NEW.handle) EXECUTE FUNCTION record_former_handle('collection');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER pages_former_handle AFTER UPDATE OF handle ON pages
  FOR EACH ROW WHEN (OLD.handle <> NEW.handle) EXECUTE FUNCTION record_former_handle('page');
--> statement-breakpoint
-- The former handles of a deleted row stay with a null reference (on delete set null); this adds its last one, unless it
-- is a former handle of another row, to which it leads again.
CREATE OR REPLACE FUNCTION record_deleted_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO handle_history (kind, handle) VALUES (TG_ARGV[0]::handle_kind, OLD.handle)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_deleted_handle AFTER DELETE ON products
  FOR EACH ROW EXECUTE FUNCTION record_deleted_handle('product');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER collections_deleted_handle AFTER DELETE ON collections
  FOR EACH ROW EXECUTE FUNCTION record_deleted_handle('collection');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER pages_deleted_handle AFTER DELETE ON pages
  FOR EACH ROW WHEN (OLD.kind = 'page') EXECUTE FUNCTION record_deleted_handle('page');
--> statement-breakpoint
-- db/functions/reviews.sql
-- Ratings of products and votes of reviews, counted by triggers in the transaction of the change. A counter's row is
-- locked by its update, so counts stay exact under concurrency; several are changed in the order of their ids.
CREATE OR REPLACE FUNCTION add_rating(product bigint, changes integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- A deleted product has no row any more.
  INSERT INTO product_ratings (product_id) SELECT id FROM products WHERE id = product ON CONFLICT DO NOTHING;
  UPDATE product_ratings SET stars_1 = stars_1 + changes[1], stars_2 = stars_2 + changes[2],
    stars_3 = stars_3 + changes[3], stars_4 = stars_4 + changes[4], stars_5 = stars_5 + changes[5]
  WHERE product_id = product;
END
$$;
--> statement-breakpoint
-- How a rating changes by this many reviews more or less of each number of stars.
CREATE OR REPLACE FUNCTION rating_changes(stars smallint[], deltas integer[]) RETURNS integer[] IMMUTABLE LANGUAGE sql AS $$
  SELECT array_agg(coalesce((SELECT sum(delta) FROM unnest(stars, deltas) AS m (star, delta) WHERE star = n), 0)::integer
    ORDER BY n)
  FROM generate_series(1, 5) AS n
$$;
--> statement-breakpoint
-- Reviews were added (1) or deleted (-1).
CREATE OR REPLACE FUNCTION count_moved_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN
    SELECT product_id, rating_changes(array_agg(stars), array_agg(TG_ARGV[0]::integer)) AS changes
    FROM moved_rows WHERE status = 'approved' GROUP BY product_id ORDER BY product_id
  LOOP
    PERFORM add_rating(moved.product_id, moved.changes);
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_changed_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN
    SELECT product_id, rating_changes(array_agg(stars), array_agg(delta)) AS changes FROM (
      SELECT product_id, stars, 1 AS delta FROM new_rows WHERE status = 'approved'
      UNION ALL
      SELECT product_id, stars, -1 FROM old_rows WHERE status = 'approved'
    ) both_sides GROUP BY product_id ORDER BY product_id
  LOOP
    IF moved.changes <> '{0,0,0,0,0}' THEN
      PERFORM add_rating(moved.product_id, moved.changes);
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_review_votes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN SELECT review_id, count(*)::integer AS votes FROM moved_rows GROUP BY review_id ORDER BY review_id LOOP
    UPDATE reviews SET helpful_count = helpful_count + moved.votes * TG_ARGV[0]::integer WHERE id = moved.review_id;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- What a product's page shows of its reviews has changed. A vote is not announced to open pages, only to caches.
CREATE OR REPLACE FUNCTION announce_changed_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  page_ids bigint[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT product_id), '{}') INTO page_ids FROM (
    (SELECT id, product_id, version FROM new_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, version FROM old_rows WHERE status = 'approved')
    UNION ALL
    (SELECT id, product_id, version FROM old_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, version FROM new_rows WHERE status = 'approved')
  ) changed;
  PERFORM announce_products(page_ids);
  PERFORM announce_cached_products(coalesce(array_agg(product_id), '{}')) FROM (
    SELECT product_id FROM (
      SELECT id, product_id, helpful_count FROM new_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, helpful_count FROM old_rows
    ) voted EXCEPT SELECT unnest(page_ids)
  ) rest;
  IF EXISTS (SELECT id, version FROM new_rows EXCEPT SELECT id, version FROM old_rows) THEN
    PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_moved_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM moved_rows WHERE status = 'approved';
  IF EXISTS (SELECT FROM moved_rows) THEN
    PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_review_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_change AFTER UPDATE ON reviews
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_changed_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_insert AFTER INSERT ON reviews
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_moved_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_delete AFTER DELETE ON reviews
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_moved_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_change AFTER UPDATE ON reviews
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_ratings();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_insert AFTER INSERT ON reviews
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_moved_ratings('1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_delete AFTER DELETE ON reviews
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_moved_ratings('-1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_votes_count_insert AFTER INSERT ON review_votes
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_review_votes('1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_votes_count_delete AFTER DELETE ON review_votes
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_review_votes('-1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_reports_announce AFTER INSERT ON review_reports
  FOR EACH STATEMENT EXECUTE FUNCTION announce_review_reports();
--> statement-breakpoint
-- db/functions/search.sql
-- What search reads: a document per active product, its words, and words with a letter left out. Text is compared
-- without case and accents. Documents are written in the transaction of the product; words by a job.
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_fold(value text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN octet_length(value) = length(value) THEN lower(value)
    ELSE lower(unaccent('unaccent', normalize(value, NFKC))) END
$$;
--> statement-breakpoint
-- The words of a text in order. Punctuation separates words, except before a final "s" (men's). Scripts without spaces
-- are cut into pairs of characters. The separators are listed, because character classes depend on the locale.
CREATE OR REPLACE FUNCTION search_tokens(value text) RETURNS SETOF text STABLE PARALLEL SAFE ROWS 10 LANGUAGE sql AS $$
  SELECT piece.token
  FROM regexp_split_to_table(
    regexp_replace(search_fold(value), '[''’‘ʼ](s)(?![a-z0-9])', '\1', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u2bff\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff]+'
  ) WITH ORDINALITY AS part(word, place)
  CROSS JOIN LATERAL (
    SELECT left(word, 40) AS token, 1 AS step WHERE word !~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]'
    UNION ALL
    SELECT substr(word, step, 2), step FROM generate_series(1, greatest(1, least(length(word), 200) - 1)) AS step
    WHERE word ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]'
  ) piece
  WHERE word <> ''
  ORDER BY place, piece.step
$$;
--> statement-breakpoint
-- The stemmer of the store's language; none for languages that PostgreSQL has none for.
CREATE OR REPLACE FUNCTION search_stemmer() RETURNS regdictionary STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce((
    SELECT d.oid FROM settings s, pg_ts_dict d
    WHERE d.dictnamespace = 'pg_catalog'::regnamespace AND d.dictname = (
      '{"ar":"arabic","ca":"catalan","da":"danish","de":"german","el":"greek","en":"english","es":"spanish","et":"estonian",
        "eu":"basque","fi":"finnish","fr":"french","ga":"irish","hi":"hindi","hu":"hungarian","hy":"armenian",
        "id":"indonesian","it":"italian","lt":"lithuanian","nb":"norwegian","ne":"nepali","nl":"dutch","nn":"norwegian",
        "no":"norwegian","pt":"portuguese","ro":"romanian","ru":"russian","sr":"serbian","sv":"swedish","ta":"tamil",
        "tr":"turkish","yi":"yiddish"}'::jsonb ->> split_part(s.locale, '-', 1)) || '_stem'
  ), 'pg_catalog.simple'::regdictionary::oid)::regdictionary
$$;
--> statement-breakpoint
-- A word as documents hold it. Stop words remain, so that a title of stop words is found.
CREATE OR REPLACE FUNCTION search_lexeme(stemmer regdictionary, token text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce((ts_lexize(stemmer, token))[1], token)
$$;
--> statement-breakpoint
-- The words of a text with this weight. A hyphenated word is found in one piece too (t-shirt, tshirt), and a number with
-- a unit in two (5kg, 5 kg).
CREATE OR REPLACE FUNCTION search_vector(stemmer regdictionary, value text, weight text) RETURNS tsvector
STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(string_agg(format('''%s'':%s%s', search_lexeme(stemmer, token), least(place, 16383), weight), ' '), '')::tsvector
  FROM search_tokens(value || coalesce(
    (SELECT ' ' || string_agg(translate(match[1], '-', ''), ' ') FROM regexp_matches(value, '(\w+(?:-\w+)+)', 'g') AS match), ''
  ) || coalesce(
    (SELECT ' ' || string_agg(match[1] || ' ' || match[2], ' ') FROM regexp_matches(value, '(?:^|[^\w])(\d+)([a-z]{1,3})(?!\w)', 'gi') AS match), ''
  )) WITH ORDINALITY AS t(token, place)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_title(value text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT left(coalesce(string_agg(token, ' '), ''), 250) FROM search_tokens(value) AS token
$$;
--> statement-breakpoint
-- The id of a filter value. Names and values of options are compared without case.
CREATE OR REPLACE FUNCTION search_facet(kind text, name text, value text) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT hashtextextended(concat_ws(chr(31), kind,
    CASE WHEN kind = 'option' THEN lower(name) END, CASE WHEN kind = 'option' THEN lower(value) ELSE value END), 0)
$$;
--> statement-breakpoint
-- The values that these products are filtered by: the rating is each whole number of stars that the average reaches;
-- options are those of variants that can be bought.
CREATE OR REPLACE FUNCTION search_facets_of(ids bigint[])
RETURNS TABLE (product_id bigint, kind text, name text, value text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT p.id, own.*
  FROM products p
  CROSS JOIN LATERAL (
    SELECT 'vendor', '', p.vendor
    UNION ALL SELECT 'type', '', p.type
    UNION ALL SELECT 'tag', '', tag FROM unnest(p.tags) AS tag
    UNION ALL SELECT 'rating', '', n::text
    FROM product_ratings r CROSS JOIN LATERAL generate_series(1, least(4, r.sum / nullif(r.count, 0))) AS n
    WHERE r.product_id = p.id
    UNION ALL SELECT 'option', option_name, option_value
    FROM variants v CROSS JOIN LATERAL unnest(p.option_names, v.option_values) AS o(option_name, option_value)
    WHERE v.product_id = p.id AND v.price IS NOT NULL AND (NOT v.track_stock OR v.allow_backorder OR v.stock > 0)
  ) own(kind, name, value)
  WHERE p.id = ANY (ids) AND own.value <> ''
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_plain_text(html text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT left(regexp_replace(html, '<[^>]*>|&[a-z0-9#]+;', ' ', 'gi'), 5000)
$$;
--> statement-breakpoint
-- The documents of these products as they should be. Active products with a publish date have one.
CREATE OR REPLACE FUNCTION search_documents_of(ids bigint[])
RETURNS TABLE (product_id bigint, published_at timestamptz, title text, is_available boolean, sales integer,
  price_min bigint, price_max bigint, facets bigint[], title_words tsvector, words tsvector)
STABLE LANGUAGE sql AS $$
  SELECT p.id, p.published_at, search_title(p.title), v.is_available,
    coalesce((SELECT units FROM product_sales s WHERE s.product_id = p.id), 0), p.price_min, p.price_max,
    coalesce((SELECT array_agg(DISTINCT search_facet(kind, name, value)) FROM search_facets_of(ARRAY[p.id])), '{}'),
    strip(title.words),
    title.words
      || search_vector(stemmer, p.vendor || ' ' || p.type, 'B')
      || search_vector(stemmer, array_to_string(p.tags, ' ') || ' ' || v.options, 'C')
      || search_vector('simple', v.codes, 'C')
      || search_vector(stemmer, search_plain_text(p.description), 'D')
  FROM (SELECT search_stemmer() AS stemmer OFFSET 0) s
  CROSS JOIN products p
  CROSS JOIN LATERAL (SELECT search_vector(stemmer, p.title, 'A') AS words OFFSET 0) title
  CROSS JOIN LATERAL (
    SELECT bool_or(price IS NOT NULL AND (NOT track_stock OR allow_backorder OR stock > 0)) AS is_available,
      coalesce((SELECT string_agg(DISTINCT value, ' ') FROM variants w, unnest(w.option_values) AS value
        WHERE w.product_id = p.id), '') AS options,
      concat_ws(' ', string_agg(DISTINCT nullif(sku, ''), ' '), string_agg(DISTINCT nullif(barcode, ''), ' ')) AS codes
    FROM variants WHERE variants.product_id = p.id
  ) v
  WHERE p.id = ANY (ids) AND p.status = 'active' AND p.published_at IS NOT NULL AND v.is_available IS NOT NULL
$$;
--> statement-breakpoint
-- Writes the documents of these products, and deletes those of products that are not active any more. A document is
-- locked before its product is read, so that the last of two concurrent changes sees both. Locked in product order.
CREATE OR REPLACE FUNCTION refresh_search_documents(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(ids) > 0 THEN
    PERFORM FROM search_documents d WHERE d.product_id = ANY (ids) ORDER BY d.product_id FOR UPDATE;
    WITH fresh AS MATERIALIZED (
      SELECT * FROM search_documents_of(ids)
    ), gone AS (
      DELETE FROM search_documents d WHERE d.product_id = ANY (ids)
        AND NOT EXISTS (SELECT FROM fresh WHERE fresh.product_id = d.product_id)
      RETURNING product_id
    ), former AS (
      SELECT d.product_id FROM search_documents d WHERE d.product_id = ANY (ids)
    ), written AS (
      INSERT INTO search_documents AS d (product_id, published_at, title, is_available, sales, price_min, price_max,
        facets, title_words, words)
      SELECT * FROM fresh ORDER BY product_id
      ON CONFLICT (product_id) DO UPDATE SET published_at = excluded.published_at, title = excluded.title,
        is_available = excluded.is_available, sales = excluded.sales, price_min = excluded.price_min,
        price_max = excluded.price_max, facets = excluded.facets, title_words = excluded.title_words, words = excluded.words
      WHERE d.* IS DISTINCT FROM excluded.*
      RETURNING product_id
    )
    INSERT INTO search_queue (product_id, is_new, is_stale)
    SELECT product_id, f.product_id IS NULL, false FROM written LEFT JOIN former f USING (product_id)
    UNION ALL SELECT product_id, false, false FROM gone;
  END IF;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(id)) FROM (
    SELECT id, status, published_at, title, vendor, type, tags, description, option_names FROM new_rows
    EXCEPT
    SELECT id, status, published_at, title, vendor, type, tags, description, option_names FROM old_rows
  ) changed;
  -- Prices follow every change of variants, and need no words.
  PERFORM FROM search_documents d JOIN new_rows n ON n.id = d.product_id
  WHERE (d.price_min, d.price_max) IS DISTINCT FROM (n.price_min, n.price_max) ORDER BY d.product_id FOR UPDATE OF d;
  UPDATE search_documents d SET price_min = n.price_min, price_max = n.price_max FROM new_rows n
  WHERE n.id = d.product_id AND (d.price_min, d.price_max) IS DISTINCT FROM (n.price_min, n.price_max);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- The document is deleted with its product; bitmaps follow by the job.
CREATE OR REPLACE FUNCTION search_product_deletions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, false FROM moved_rows ORDER BY id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_variant_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(DISTINCT product_id)) FROM moved_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A sale changes a document only when it takes the last unit of a variant.
CREATE OR REPLACE FUNCTION search_variant_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(DISTINCT product_id)) FROM (
    SELECT id, product_id, option_values, sku, barcode, price IS NULL, track_stock AND NOT allow_backorder AND stock <= 0
    FROM new_rows
    EXCEPT
    SELECT id, product_id, option_values, sku, barcode, price IS NULL, track_stock AND NOT allow_backorder AND stock <= 0
    FROM old_rows
  ) changed;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Best sellers come first among equals.
CREATE OR REPLACE FUNCTION search_sales_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM search_documents d WHERE d.product_id IN (SELECT product_id FROM moved_rows) ORDER BY d.product_id FOR UPDATE;
  UPDATE search_documents d SET sales = coalesce((SELECT units FROM product_sales s WHERE s.product_id = d.product_id), 0)
  WHERE d.product_id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A document changes when the average reaches another whole number of stars.
CREATE OR REPLACE FUNCTION search_rating_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(ARRAY[NEW.product_id]);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Another language has another stemmer. A job writes the documents anew.
CREATE OR REPLACE FUNCTION search_language_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, true FROM products ORDER BY id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- How many published products have these words, counted up to a limit. Through the index: for the first matches, the
-- planner would read the table row by row, even for words that no product has.
CREATE OR REPLACE FUNCTION search_count(query tsquery, most integer) RETURNS integer
STABLE LANGUAGE sql SET enable_seqscan = off AS $$
  SELECT count(*)::integer FROM (
    SELECT FROM search_documents WHERE words @@ query AND published_at <= now() LIMIT most
  ) matches
$$;
--> statement-breakpoint
-- A word with each letter left out in turn; words of four to thirty letters.
CREATE OR REPLACE FUNCTION search_deletions_of(word text) RETURNS SETOF text IMMUTABLE PARALLEL SAFE ROWS 8 LANGUAGE sql AS $$
  SELECT DISTINCT left(word, place - 1) || substr(word, place + 1) FROM generate_series(1, length(word)) AS place
  WHERE length(word) BETWEEN 4 AND 30
$$;
--> statement-breakpoint
-- The words of a product that shoppers may type with errors: those of the title, vendor, type, tags, options and
-- description, without numbers and stop words.
CREATE OR REPLACE FUNCTION search_words_of(ids bigint[]) RETURNS TABLE (product_id bigint, word text, lexeme text)
STABLE LANGUAGE sql AS $$
  SELECT DISTINCT p.id, token, search_lexeme(stemmer, token)
  FROM (SELECT search_stemmer() AS stemmer OFFSET 0) s
  CROSS JOIN products p
  CROSS JOIN LATERAL search_tokens(concat_ws(' ', p.title, p.vendor, p.type, array_to_string(p.tags, ' '),
    (SELECT string_agg(DISTINCT value, ' ') FROM variants v, unnest(v.option_values) AS value WHERE v.product_id = p.id),
    search_plain_text(p.description))) AS token
  WHERE p.id = ANY (ids) AND length(token) BETWEEN 3 AND 30 AND token !~ '[0-9]'
    AND ts_lexize(stemmer, token) IS DISTINCT FROM '{}'
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_search AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_product_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_search_deleted AFTER DELETE ON products
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_product_deletions();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_inserted AFTER INSERT ON variants
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_deleted AFTER DELETE ON variants
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_changed AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_inserted AFTER INSERT ON product_sales
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_changed AFTER UPDATE ON product_sales
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_deleted AFTER DELETE ON product_sales
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_ratings_search AFTER UPDATE ON product_ratings
  FOR EACH ROW WHEN (old.sum / nullif(old.count, 0) IS DISTINCT FROM new.sum / nullif(new.count, 0))
  EXECUTE FUNCTION search_rating_change();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER settings_search AFTER UPDATE OF locale ON settings
  FOR EACH ROW WHEN (old.locale IS DISTINCT FROM new.locale) EXECUTE FUNCTION search_language_change();
--> statement-breakpoint
-- Words are read one product at a time, everything else of many products at once.
ALTER TABLE search_documents SET (toast_tuple_target = 512), ALTER COLUMN words SET STORAGE EXTERNAL,
  ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN facets SET STORAGE MAIN, ALTER COLUMN title_words SET STORAGE MAIN;
--> statement-breakpoint
-- Products from before this file, or from before a change of it.
INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, true FROM products ORDER BY id;
--> statement-breakpoint
-- db/functions/search_bitmaps.sql
-- Bitmaps count what broad searches match. One row holds a key (a word, a filter value, or a property that all documents
-- have or have not) for 64,000 product ids, a bit each. Keys are common ones; a shop of few products has none. Written by
-- jobs, so they are up to a minute behind the documents.
CREATE OR REPLACE FUNCTION search_bits(positions bigint[]) RETURNS bit(64000) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT (coalesce(string_agg(repeat('0', (place - before - 1)::integer) || '1', '' ORDER BY place), '')
    || repeat('0', (63999 - coalesce(max(place), -1))::integer))::bit(64000)
  FROM (SELECT place, lag(place, 1, -1::bigint) OVER (ORDER BY place) AS before FROM unnest(positions) AS place) gaps
$$;
--> statement-breakpoint
-- The keys of these products, whether they have a bitmap or not.
CREATE OR REPLACE FUNCTION search_keys_of(ids bigint[]) RETURNS TABLE (product_id bigint, key bigint)
STABLE LANGUAGE sql AS $$
  SELECT d.product_id, own.key FROM search_documents d
  CROSS JOIN LATERAL (
    SELECT unnest(d.facets) AS key
    UNION ALL SELECT search_facet('word', '', lexeme) FROM unnest(tsvector_to_array(d.words)) AS lexeme
    UNION ALL SELECT search_facet('listed', '', '')
    UNION ALL SELECT search_facet('in stock', '', '') WHERE d.is_available
    UNION ALL SELECT search_facet('out of stock', '', '') WHERE NOT d.is_available AND d.price_min IS NOT NULL
  ) own
  WHERE d.product_id = ANY (ids) AND d.published_at <= now()
$$;
--> statement-breakpoint
-- Makes all bitmaps anew, for keys of at least this many products.
CREATE OR REPLACE FUNCTION rebuild_search_bitmaps(min_products integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  common bigint[] := array(
    SELECT search_facet('word', '', word) FROM ts_stat('SELECT words FROM search_documents') WHERE ndoc >= min_products
    UNION SELECT id FROM (SELECT unnest(facets) AS id FROM search_documents) f GROUP BY id HAVING count(*) >= min_products
    UNION SELECT search_facet(kind, '', '') FROM unnest('{listed,in stock,out of stock}'::text[]) AS kind
    UNION SELECT search_facet('rating', '', n::text) FROM generate_series(1, 4) AS n
  );
  part integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('search bitmaps', 0));
  DELETE FROM search_bitmaps;
  FOR part IN SELECT DISTINCT product_id / 64000 FROM search_documents ORDER BY 1 LOOP
    INSERT INTO search_bitmaps (chunk, key, bits)
    SELECT part, c.key, search_bits(coalesce(array_agg(k.product_id % 64000) FILTER (WHERE k.product_id IS NOT NULL), '{}'))
    FROM unnest(common) AS c(key) LEFT JOIN (
      SELECT * FROM search_keys_of(array(SELECT product_id FROM search_documents WHERE product_id / 64000 = part))
    ) k USING (key)
    GROUP BY c.key;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Sets and clears the bits of these products. A chunk without bitmaps gets empty ones first.
CREATE OR REPLACE FUNCTION update_search_bitmaps(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  part integer;
  changed bit(64000);
BEGIN
  IF NOT EXISTS (SELECT FROM search_bitmaps) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('search bitmaps', 0));
  FOR part IN SELECT DISTINCT id / 64000 FROM unnest(ids) AS id ORDER BY 1 LOOP
    IF NOT EXISTS (SELECT FROM search_bitmaps WHERE chunk = part) THEN
      INSERT INTO search_bitmaps (chunk, key, bits) SELECT DISTINCT part, key, search_bits('{}') FROM search_bitmaps;
    END IF;
    changed := search_bits(array(SELECT DISTINCT id % 64000 FROM unnest(ids) AS id WHERE id / 64000 = part));
    UPDATE search_bitmaps b SET bits = b.bits & ~changed | fresh.bits
    FROM (
      SELECT old.key, coalesce(own.bits, search_bits('{}')) AS bits
      FROM search_bitmaps old LEFT JOIN (
        SELECT k.key, search_bits(array_agg(k.product_id % 64000)) AS bits
        FROM search_keys_of(array(SELECT id FROM unnest(ids) AS id WHERE id / 64000 = part)) k
        WHERE k.key IN (SELECT key FROM search_bitmaps WHERE chunk = part)
        GROUP BY k.key
      ) own USING (key)
      WHERE old.chunk = part
    ) fresh
    WHERE b.chunk = part AND b.key = fresh.key AND b.bits & changed <> fresh.bits;
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE search_bitmaps ALTER COLUMN bits SET STORAGE PLAIN;
