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
