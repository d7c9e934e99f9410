-- A variant has exactly one value per option of its product. Deferred, so that options and variants
-- can change together in one transaction.
ALTER TABLE "variants" ADD CONSTRAINT "variants_option_count_fkey"
  FOREIGN KEY ("product_id", "option_count") REFERENCES "products" ("id", "option_count")
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "stock_ledger" ADD CONSTRAINT "stock_ledger_order_id_fkey"
  FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE RESTRICT;
--> statement-breakpoint
ALTER TABLE "stock_ledger" ADD CONSTRAINT "stock_ledger_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "imports" ("id") ON DELETE SET NULL;
--> statement-breakpoint
ALTER TABLE "stock_ledger" ADD CONSTRAINT "stock_ledger_by_user_id_fkey"
  FOREIGN KEY ("by_user_id") REFERENCES "users" ("id") ON DELETE SET NULL;
--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_fulfilment_id_fkey"
  FOREIGN KEY ("fulfilment_id") REFERENCES "fulfilments" ("id") ON DELETE CASCADE;
--> statement-breakpoint
-- Trigram search over what a shopper may type of a product.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE INDEX "products_title_trgm" ON "products" USING gin (lower("title") gin_trgm_ops);
