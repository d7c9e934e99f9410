-- What is cached depends on products, on sets of products, and on everything else together (drizzle/0003). Triggers
-- announce which of them changed, so that a sale or an import empties only what it changed:
--   {"topic":"product:7", ...}                                    one product, as before
--   {"topic":"catalog","kind":"products","ids":[7,8]}             products that open pages are not told of
--   {"topic":"catalog","kind":"lists","keys":["all","tag:new"]}   sets that a product came into, left or moved in
--   {"topic":"catalog"}                                           anything
-- Names of sets are read by app/domain/realtime/dependencies.ts.

-- A transaction that says this more than twenty times has changed too much to say what.
CREATE FUNCTION announce_catalog_detail(payload text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  count integer := coalesce(nullif(current_setting('till.catalog_details', true), ''), '0')::integer + 1;
BEGIN
  PERFORM set_config('till.catalog_details', count::text, true);
  PERFORM pg_notify('till', CASE WHEN count > 20 THEN '{"topic":"catalog"}' ELSE payload END);
END
$$;
--> statement-breakpoint
CREATE FUNCTION announce_cached_products(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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
-- The sets that hold such a product.
CREATE FUNCTION list_keys(product_id bigint, type text, vendor text, tags text[])
RETURNS SETOF text STABLE LANGUAGE sql AS $$
  SELECT 'all'
  UNION ALL SELECT 'type:' || $2 WHERE $2 <> ''
  UNION ALL SELECT 'vendor:' || $3 WHERE $3 <> ''
  UNION ALL SELECT 'tag:' || tag FROM unnest($4) AS tag
  UNION ALL SELECT 'collection:' || collection_id FROM collection_products WHERE collection_products.product_id = $1
$$;
--> statement-breakpoint
CREATE FUNCTION announce_lists(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
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
-- Up to twenty products of a transaction are told to open pages one by one (true). Beyond that pages are told once for
-- all, and what is cached is told the products. Where single products come one after the other, it is told once, too.
CREATE FUNCTION may_announce_each(ids bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION announce_products(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF may_announce_each(ids) THEN
    PERFORM pg_notify('till', format('{"topic":"product:%s","kind":"changed"}', id)) FROM unnest(ids) AS id;
  END IF;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_product_facts(product_ids bigint[], variant_ids bigint[], threshold integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  facts record;
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
    PERFORM pg_notify('till', CASE WHEN octet_length(facts.payload) < 7000 THEN facts.payload
      ELSE format('{"topic":"product:%s","kind":"changed"}', facts.product_id) END);
  END LOOP;
END
$$;
--> statement-breakpoint
DROP FUNCTION may_tell_of_products(integer);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_variants() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  threshold integer := coalesce((SELECT low_stock_threshold FROM settings), 0);
  changed_ids bigint[];
  fact_ids bigint[];
  other_ids bigint[];
  variant_ids bigint[];
BEGIN
  SELECT array_agg(DISTINCT product_id) INTO changed_ids FROM (
    SELECT id, price, compare_at_price, option_values, position, track_stock, sell_when_out, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM new_rows
    EXCEPT
    SELECT id, price, compare_at_price, option_values, position, track_stock, sell_when_out, image_id,
      sku, requires_shipping, product_id, greatest(0, least(stock, threshold + 1)) FROM old_rows
  ) changed;
  IF changed_ids IS NULL THEN
    RETURN NULL;
  END IF;

  SELECT coalesce(array_agg(DISTINCT product_id), '{}'), array_agg(id) INTO fact_ids, variant_ids FROM (
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, sell_when_out, stock, threshold)
    FROM new_rows
    EXCEPT
    SELECT id, product_id, price, compare_at_price, stock_label(price, track_stock, sell_when_out, stock, threshold)
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
DROP TRIGGER variants_announce_new ON variants;
--> statement-breakpoint
DROP TRIGGER products_announce ON products;
--> statement-breakpoint
CREATE FUNCTION announce_products_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_lists(array_agg(key))
  FROM new_rows r, LATERAL list_keys(r.id, r.type, r.vendor, r.tags) AS key WHERE r.status = 'active';
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER products_announce_insert AFTER INSERT ON products
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_products_inserted();
--> statement-breakpoint
-- A product that is made in this very transaction is on nobody's page yet; its sets were announced when it was inserted.
-- A first or last price counts as a move: lists offer a price filter once a product of theirs has a price.
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
DROP TRIGGER product_images_announce ON product_images;
--> statement-breakpoint
CREATE FUNCTION announce_images() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_cached_products(coalesce(array_agg(id), '{}')) FROM products
  WHERE created_at < now() AND id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER product_images_announce_insert AFTER INSERT ON product_images
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
CREATE TRIGGER product_images_announce_update AFTER UPDATE ON product_images
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
CREATE TRIGGER product_images_announce_delete AFTER DELETE ON product_images
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_images();
--> statement-breakpoint
-- An image that is ready, or of another size, is shown by the products and the collections that have it.
DROP TRIGGER media_announce ON media;
--> statement-breakpoint
CREATE FUNCTION announce_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM collections WHERE media_hash IN (SELECT hash FROM moved_rows)) THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  END IF;
  PERFORM announce_cached_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM product_images
  WHERE media_hash IN (SELECT hash FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER media_announce AFTER UPDATE ON media
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_media();
--> statement-breakpoint
-- Which collection a product is in is on the product's page, too.
DROP TRIGGER collection_products_announce ON collection_products;
--> statement-breakpoint
CREATE FUNCTION announce_collection_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_lists(array_agg(DISTINCT 'collection:' || collection_id)) FROM moved_rows;
  PERFORM announce_cached_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM moved_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER collection_products_announce_insert AFTER INSERT ON collection_products
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
CREATE TRIGGER collection_products_announce_update AFTER UPDATE ON collection_products
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
CREATE TRIGGER collection_products_announce_delete AFTER DELETE ON collection_products
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_collection_products();
--> statement-breakpoint
-- Who has a cart, and who has none any more: no page knows the cart's topic before there is one.
CREATE FUNCTION announce_cart_owners() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER carts_announce_insert AFTER INSERT ON carts
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_cart_owners();
--> statement-breakpoint
CREATE TRIGGER carts_announce_delete AFTER DELETE ON carts
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_cart_owners();
