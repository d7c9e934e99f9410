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
ALTER TABLE "emails" ADD CONSTRAINT "emails_fulfillment_id_fkey"
  FOREIGN KEY ("fulfillment_id") REFERENCES "fulfillments" ("id") ON DELETE CASCADE;
--> statement-breakpoint
-- Trigram search over what a shopper may type of a product.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE INDEX "products_title_trgm" ON "products" USING gin (lower("title") gin_trgm_ops);
--> statement-breakpoint
-- Counters of the rate limits, in the shape that rate-limiter-flexible expects. Unlogged: they survive a
-- restart, cost no WAL, and may be lost in a crash. Written by app/http/server/rate-limit.ts only.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_notification_id_fkey"
  FOREIGN KEY ("notification_id") REFERENCES "notifications" ("id") ON DELETE CASCADE;
--> statement-breakpoint
CREATE INDEX "emails_notification" ON "emails" ("notification_id") WHERE "notification_id" IS NOT NULL;
--> statement-breakpoint
-- True for moments only: it costs no WAL and may be lost in a crash.
ALTER TABLE order_presence SET UNLOGGED;
