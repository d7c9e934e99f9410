-- The price history: what each variant cost shoppers. Triggers cover every command, imports and repairs by hand. A row
-- is written when a variant differs from its newest row. Changes of one transaction start at the same time, so only the
-- last of them counts.
CREATE OR REPLACE FUNCTION record_prices(variant_ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO price_history (variant_id, price, is_reduced, published_at, starts_at)
  SELECT v.id, is_now.*, greatest(now(), latest.starts_at)
  FROM variants v
  JOIN products p ON p.id = v.product_id
  CROSS JOIN LATERAL (
    SELECT p.status = 'active' AND p.published_at IS NOT NULL AND v.price IS NOT NULL AS on_sale
  ) known
  CROSS JOIN LATERAL (
    SELECT CASE WHEN on_sale THEN v.price END AS price,
      on_sale AND coalesce(v.compare_at_price > v.price, false) AS is_reduced,
      CASE WHEN on_sale THEN p.published_at END AS published_at
  ) is_now
  LEFT JOIN LATERAL (
    SELECT price, is_reduced, published_at, starts_at FROM price_history h
    WHERE h.variant_id = v.id ORDER BY h.id DESC LIMIT 1
  ) latest ON true
  WHERE v.id = ANY (variant_ids) AND (is_now.price, is_now.is_reduced, is_now.published_at)
    IS DISTINCT FROM (latest.price, coalesce(latest.is_reduced, false), latest.published_at)
  ORDER BY v.id;
END
$$;
--> statement-breakpoint
-- Changes are found by "new EXCEPT old", as in announcements.sql. A price and the state of its product may change in two
-- transactions at once: each waits for the other's product, and then sees its change. Nobody else can change a product
-- of this same transaction.
CREATE OR REPLACE FUNCTION record_variant_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(id) INTO changed_ids FROM new_rows WHERE price IS NOT NULL;
  ELSE
    SELECT array_agg(id) INTO changed_ids FROM (
      SELECT id, price, coalesce(compare_at_price > price, false) FROM new_rows
      EXCEPT
      SELECT id, price, coalesce(compare_at_price > price, false) FROM old_rows
    ) changed;
  END IF;
  IF changed_ids IS NOT NULL THEN
    PERFORM FROM products WHERE created_at < now() AND id IN (SELECT product_id FROM new_rows WHERE id = ANY (changed_ids))
    ORDER BY id FOR NO KEY UPDATE;
    PERFORM record_prices(changed_ids);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION record_product_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_ids bigint[];
BEGIN
  SELECT array_agg(id) INTO changed_ids FROM (
    SELECT id, CASE status WHEN 'active' THEN published_at END FROM new_rows
    EXCEPT
    SELECT id, CASE status WHEN 'active' THEN published_at END FROM old_rows
  ) changed;
  IF changed_ids IS NOT NULL THEN
    PERFORM record_prices(array_agg(id)) FROM variants WHERE product_id = ANY (changed_ids);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_record_prices_inserted AFTER INSERT ON variants
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record_variant_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_record_prices_updated AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION record_variant_prices();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_record_prices AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION record_product_prices();
