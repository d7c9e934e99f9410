CREATE TYPE "public"."consent_kind" AS ENUM('given', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."consent_source" AS ENUM('checkout', 'account', 'email', 'account-closed');--> statement-breakpoint
CREATE TYPE "public"."draft_state" AS ENUM('open', 'sent', 'placed', 'deleted');--> statement-breakpoint
ALTER TYPE "public"."stock_reason" ADD VALUE 'restock';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'payment-failed' BEFORE 'order-fulfilled';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'order-edited' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'order-message' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'order-refunded' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'order-delivered' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'return-requested' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'return-approved' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'return-declined' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'return-received' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'draft-order' BEFORE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'daily-summary';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'stock-alert-confirmation';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'back-in-stock';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'cart-reminder';--> statement-breakpoint
ALTER TYPE "public"."link_kind" ADD VALUE 'stock-alert-confirmation';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'return-canceled' BEFORE 'invoice-issued';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'payment-failed' BEFORE 'order-shipped';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'order-edited' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'order-message' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'order-refunded' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'order-delivered' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'return-requested' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'return-approved' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'return-declined' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'return-received' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'payment-problem' BEFORE 'low-stock';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'canceled-by-customer';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'refund-failed';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'new-return';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'daily-summary';--> statement-breakpoint
CREATE TABLE "cart_reminders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cart_reminders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"cart_id" bigint,
	"email" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"lines" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cart_reminders_content_key" UNIQUE("cart_id","content_hash"),
	CONSTRAINT "cart_reminders_content_hash_is_sha256" CHECK (octet_length("cart_reminders"."content_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "marketing_consents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "marketing_consents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"customer_key" text GENERATED ALWAYS AS (customer_key(email)) STORED NOT NULL,
	"kind" "consent_kind" NOT NULL,
	"source" "consent_source" NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marketing_consents_text" CHECK (("marketing_consents"."kind" = 'given') = ("marketing_consents"."text" <> '')),
	CONSTRAINT "marketing_consents_email_lowercase" CHECK ("marketing_consents"."email" = lower("marketing_consents"."email"))
);
--> statement-breakpoint
CREATE TABLE "draft_orders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "draft_orders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token" text NOT NULL,
	"state" "draft_state" DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"user_id" bigint,
	"email" text DEFAULT '' NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"ship_name" text DEFAULT '' NOT NULL,
	"ship_company" text DEFAULT '' NOT NULL,
	"ship_line1" text DEFAULT '' NOT NULL,
	"ship_line2" text DEFAULT '' NOT NULL,
	"ship_postcode" text DEFAULT '' NOT NULL,
	"ship_city" text DEFAULT '' NOT NULL,
	"ship_region" text DEFAULT '' NOT NULL,
	"ship_country" text DEFAULT '' NOT NULL,
	"vat_number" text DEFAULT '' NOT NULL,
	"shipping_method" text DEFAULT '' NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"internal_note" text DEFAULT '' NOT NULL,
	"items" text DEFAULT '' NOT NULL,
	"total" bigint DEFAULT 0 NOT NULL,
	"order_id" bigint,
	"created_by_id" bigint,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_orders_token_length" CHECK (length("draft_orders"."token") >= 22),
	CONSTRAINT "draft_orders_total_amount" CHECK ("draft_orders"."total" between 0 and 1000000000000),
	CONSTRAINT "draft_orders_placed" CHECK (("draft_orders"."state" = 'placed') = ("draft_orders"."order_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "stock_alerts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stock_alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"variant_id" bigint NOT NULL,
	"email" text NOT NULL,
	"confirmed_at" timestamp with time zone,
	"notified_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_alerts_notified_if_confirmed" CHECK ("stock_alerts"."notified_at" is null or "stock_alerts"."confirmed_at" is not null),
	CONSTRAINT "stock_alerts_email_lowercase" CHECK ("stock_alerts"."email" = lower("stock_alerts"."email"))
);
--> statement-breakpoint
CREATE TABLE "pricing_version" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "pricing_version_is_one_row" CHECK ("pricing_version"."is_only")
);
--> statement-breakpoint
ALTER TABLE "carts" DROP CONSTRAINT "carts_one_owner";--> statement-breakpoint
ALTER TABLE "stock_ledger" DROP CONSTRAINT "stock_ledger_sale_has_order";--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "order_lines_fulfilled";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_parts";--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "draft_id" bigint;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "consent_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "refund_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "return_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "event_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "draft_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "stock_alert_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "cart_reminder_id" bigint;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "reminds_of_carts" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "removed_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pricing_terms" jsonb;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "excess_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cart_reminders" ADD CONSTRAINT "cart_reminders_cart_id_carts_id_fk" FOREIGN KEY ("cart_id") REFERENCES "public"."carts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_orders" ADD CONSTRAINT "draft_orders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_orders" ADD CONSTRAINT "draft_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_orders" ADD CONSTRAINT "draft_orders_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_alerts" ADD CONSTRAINT "stock_alerts_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_reminders_email" ON "cart_reminders" USING btree ("email");--> statement-breakpoint
CREATE INDEX "cart_reminders_created_at" ON "cart_reminders" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "marketing_consents_newest" ON "marketing_consents" USING btree ("customer_key","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "draft_orders_token_key" ON "draft_orders" USING btree ("token");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_orders_order_key" ON "draft_orders" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "draft_orders_newest" ON "draft_orders" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "draft_orders_user" ON "draft_orders" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "draft_orders_created_by" ON "draft_orders" USING btree ("created_by_id");--> statement-breakpoint
CREATE UNIQUE INDEX "stock_alerts_open_key" ON "stock_alerts" USING btree ("variant_id","email") WHERE "stock_alerts"."notified_at" is null;--> statement-breakpoint
CREATE INDEX "stock_alerts_waiting" ON "stock_alerts" USING btree ("variant_id","confirmed_at","id") WHERE "stock_alerts"."confirmed_at" is not null and "stock_alerts"."notified_at" is null;--> statement-breakpoint
CREATE INDEX "stock_alerts_notified" ON "stock_alerts" USING btree ("variant_id","notified_at") WHERE "stock_alerts"."notified_at" is not null;--> statement-breakpoint
CREATE INDEX "stock_alerts_email" ON "stock_alerts" USING btree ("email");--> statement-breakpoint
CREATE INDEX "stock_alerts_created_at" ON "stock_alerts" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_draft_id_draft_orders_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft_orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_consent_id_marketing_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."marketing_consents"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_draft_id_draft_orders_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft_orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "carts_draft_key" ON "carts" USING btree ("draft_id") WHERE "carts"."draft_id" is not null;--> statement-breakpoint
CREATE INDEX "carts_reminders" ON "carts" USING btree ("updated_at") WHERE "carts"."user_id" is not null or "carts"."consent_id" is not null;--> statement-breakpoint
CREATE INDEX "invoices_newest" ON "invoices" USING btree ("issued_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_one_owner" CHECK (num_nonnulls("carts"."session_id", "carts"."user_id", "carts"."draft_id") = 1);--> statement-breakpoint
ALTER TABLE "stock_ledger" ADD CONSTRAINT "stock_ledger_sale_has_order" CHECK (("stock_ledger"."reason" in ('initial', 'import', 'correction', 'received')) = ("stock_ledger"."order_id" is null));--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_removed" CHECK ("order_lines"."removed_quantity" between 0 and "order_lines"."refunded_quantity");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_fulfilled" CHECK ("order_lines"."fulfilled_quantity" between 0 and "order_lines"."quantity" - "order_lines"."removed_quantity");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_parts" CHECK ("refunds"."shipping_amount" >= 0 and "refunds"."shipping_tax" >= 0 and "refunds"."extra_amount" >= 0
        and "refunds"."excess_amount" >= 0 and "refunds"."shipping_amount" + "refunds"."extra_amount" + "refunds"."excess_amount" <= "refunds"."amount");