-- "What shoppers read has changed": one small notification per transaction, however many rows it wrote
-- (PostgreSQL folds identical ones). The database is the truth; a notification is only a poke.
CREATE FUNCTION announce_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', '{"topic":"catalog"}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER products_announce AFTER INSERT OR UPDATE OR DELETE ON products
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER product_images_announce AFTER INSERT OR UPDATE OR DELETE ON product_images
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER media_announce AFTER UPDATE OR DELETE ON media
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER collections_announce AFTER INSERT OR UPDATE OR DELETE ON collections
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER collection_products_announce AFTER INSERT OR UPDATE OR DELETE ON collection_products
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER settings_announce AFTER INSERT OR UPDATE OR DELETE ON settings
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
CREATE TRIGGER variants_announce_new AFTER INSERT OR DELETE ON variants
  FOR EACH STATEMENT EXECUTE FUNCTION announce_catalog();
--> statement-breakpoint
-- NOTIFY makes commits wait for one another, and every order changes stock. So a change of stock is announced
-- only when it changes what a shopper reads: sold out, "only N left", in stock.
CREATE FUNCTION announce_variants() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  threshold integer := coalesce((SELECT low_stock_threshold FROM settings), 0);
BEGIN
  IF EXISTS (
    SELECT FROM old_rows o JOIN new_rows n USING (id)
    WHERE (o.price, o.compare_at_price, o.option_values, o.position, o.track_stock, o.sell_when_out, o.image_id,
           o.sku, o.requires_shipping, o.product_id, greatest(0, least(o.stock, threshold + 1)))
      IS DISTINCT FROM
          (n.price, n.compare_at_price, n.option_values, n.position, n.track_stock, n.sell_when_out, n.image_id,
           n.sku, n.requires_shipping, n.product_id, greatest(0, least(n.stock, threshold + 1)))
  ) THEN
    PERFORM pg_notify('till', '{"topic":"catalog"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER variants_announce_change AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_variants();
