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
