CREATE TYPE "public"."paper_size" AS ENUM('a4', 'letter');--> statement-breakpoint
CREATE TYPE "public"."payment_attempt_status" AS ENUM('creating', 'open', 'processing', 'paid', 'failed', 'expired');--> statement-breakpoint
CREATE TYPE "public"."payment_status" AS ENUM('authorized', 'received', 'released', 'review');--> statement-breakpoint
CREATE TYPE "public"."refund_transfer_status" AS ENUM('pending', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."return_state" AS ENUM('requested', 'approved', 'declined', 'received', 'refunded', 'canceled');--> statement-breakpoint
CREATE TYPE "public"."invoice_series" AS ENUM('invoice', 'credit-note');--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'authorized';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'payment-failed';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'payment-review';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'refunded';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'refund-failed';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'voided';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'expired';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'revived';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'edited';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'shipment-canceled';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'delivered';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'disputed';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'dispute-closed';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'return-requested';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'return-approved';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'return-declined';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'return-received';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'invoice-issued';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'credit-note-issued';--> statement-breakpoint
ALTER TYPE "public"."order_event_kind" ADD VALUE 'message';--> statement-breakpoint
ALTER TYPE "public"."payment_method" ADD VALUE 'stripe';--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payment_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"status" "payment_attempt_status" DEFAULT 'creating' NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"is_authorization" boolean DEFAULT false NOT NULL,
	"session_id" text,
	"url" text,
	"failure" text DEFAULT '' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payment_attempts_amount" CHECK ("payment_attempts"."amount" > 0 and "payment_attempts"."amount" between 0 and 1000000000000),
	CONSTRAINT "payment_attempts_url" CHECK (("payment_attempts"."session_id" is null) = ("payment_attempts"."url" is null))
);
--> statement-breakpoint
CREATE TABLE "provider_events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"body" text NOT NULL,
	"processed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refund_lines" (
	"refund_id" bigint NOT NULL,
	"order_line_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"amount" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"restocked_quantity" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "refund_lines_pkey" PRIMARY KEY("refund_id","order_line_id"),
	CONSTRAINT "refund_lines_quantity" CHECK ("refund_lines"."quantity" > 0),
	CONSTRAINT "refund_lines_restocked" CHECK ("refund_lines"."restocked_quantity" between 0 and "refund_lines"."quantity"),
	CONSTRAINT "refund_lines_amount" CHECK ("refund_lines"."amount" between 0 and 1000000000000 and "refund_lines"."tax" between 0 and "refund_lines"."amount")
);
--> statement-breakpoint
CREATE TABLE "refund_transfers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refund_transfers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"refund_id" bigint NOT NULL,
	"payment_id" bigint NOT NULL,
	"status" "refund_transfer_status" DEFAULT 'pending' NOT NULL,
	"amount" bigint NOT NULL,
	"provider_id" text,
	"failure" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_transfers_amount" CHECK ("refund_transfers"."amount" > 0 and "refund_transfers"."amount" between 0 and 1000000000000)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refunds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"shipping_amount" bigint DEFAULT 0 NOT NULL,
	"shipping_tax" bigint DEFAULT 0 NOT NULL,
	"extra_amount" bigint DEFAULT 0 NOT NULL,
	"extra_tax" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"is_external" boolean DEFAULT false NOT NULL,
	"by_user_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount" > 0 and "refunds"."amount" between 0 and 1000000000000),
	CONSTRAINT "refunds_parts" CHECK ("refunds"."shipping_amount" >= 0 and "refunds"."shipping_tax" >= 0 and "refunds"."extra_amount" >= 0
        and "refunds"."shipping_amount" + "refunds"."extra_amount" <= "refunds"."amount")
);
--> statement-breakpoint
CREATE TABLE "return_lines" (
	"return_id" bigint NOT NULL,
	"order_line_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"restocked_quantity" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "return_lines_pkey" PRIMARY KEY("return_id","order_line_id"),
	CONSTRAINT "return_lines_quantity" CHECK ("return_lines"."quantity" > 0),
	CONSTRAINT "return_lines_restocked" CHECK ("return_lines"."restocked_quantity" between 0 and "return_lines"."quantity")
);
--> statement-breakpoint
CREATE TABLE "returns" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "returns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"state" "return_state" DEFAULT 'requested' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"refund_id" bigint,
	"by_user_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_counters" (
	"series" "invoice_series" PRIMARY KEY NOT NULL,
	"last" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invoices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"series" "invoice_series" NOT NULL,
	"number" bigint NOT NULL,
	"number_prefix" text NOT NULL,
	"order_id" bigint NOT NULL,
	"invoice_id" bigint,
	"refund_id" bigint,
	"issued_on" date NOT NULL,
	"total" bigint NOT NULL,
	"currency" text NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoices_number_key" UNIQUE("series","number"),
	CONSTRAINT "invoices_credit_note" CHECK (("invoices"."series" = 'credit-note') = ("invoices"."invoice_id" is not null))
);
--> statement-breakpoint
DROP INDEX "open_orders";--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "payment_state" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "payment_state" SET DATA TYPE text;--> statement-breakpoint
DROP TYPE "public"."payment_state";--> statement-breakpoint
CREATE TYPE "public"."payment_state" AS ENUM('pending', 'authorized', 'paid', 'partially-refunded', 'refunded', 'voided');--> statement-breakpoint
UPDATE "orders" SET "payment_state" = CASE WHEN "canceled_at" IS NULL THEN 'pending' ELSE 'voided' END WHERE "payment_state" = 'unpaid';--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "payment_state" SET DATA TYPE "public"."payment_state" USING "payment_state"::"public"."payment_state";--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "payment_state" SET DEFAULT 'pending'::"public"."payment_state";--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "captures_later" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "bank_transfer_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "return_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "legal_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "legal_address" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "tax_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "invoice_prefix" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "credit_note_prefix" text DEFAULT 'C' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "reverse_charge_note" text DEFAULT 'Intra-Community supply, exempt, Article 138 Directive 2006/112/EC' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "paper_size" "paper_size" DEFAULT 'a4' NOT NULL;--> statement-breakpoint
ALTER TABLE "fulfillments" ADD COLUMN "delivered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "fulfillments" ADD COLUMN "canceled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "returned_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "refunded_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "received_total" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "orders" SET "received_total" = "total" WHERE "payment_state" = 'paid';--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "authorized_total" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "refunded_total" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pay_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_disputed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "status" "payment_status" DEFAULT 'received' NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "provider_id" text;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_transfers" ADD CONSTRAINT "refund_transfers_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_transfers" ADD CONSTRAINT "refund_transfers_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_by_user_id_users_id_fk" FOREIGN KEY ("by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_return_id_returns_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."returns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "return_lines" ADD CONSTRAINT "return_lines_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_by_user_id_users_id_fk" FOREIGN KEY ("by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_attempts_order" ON "payment_attempts" USING btree ("order_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_session_key" ON "payment_attempts" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_open" ON "payment_attempts" USING btree ("order_id") WHERE "payment_attempts"."status" in ('creating', 'open', 'processing');--> statement-breakpoint
CREATE INDEX "payment_attempts_unfinished" ON "payment_attempts" USING btree ("expires_at") WHERE "payment_attempts"."status" in ('creating', 'open', 'processing');--> statement-breakpoint
CREATE INDEX "provider_events_unprocessed" ON "provider_events" USING btree ("created_at") WHERE "provider_events"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "refund_lines_order_line" ON "refund_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "refund_transfers_refund" ON "refund_transfers" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "refund_transfers_payment" ON "refund_transfers" USING btree ("payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_transfers_provider_key" ON "refund_transfers" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "refund_transfers_pending" ON "refund_transfers" USING btree ("created_at") WHERE "refund_transfers"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "return_lines_order_line" ON "return_lines" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "returns_order" ON "returns" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "returns_refund" ON "returns" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "returns_waiting" ON "returns" USING btree ("created_at") WHERE "returns"."state" in ('requested', 'approved', 'received');--> statement-breakpoint
CREATE INDEX "invoices_order" ON "invoices" USING btree ("order_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_refund_key" ON "invoices" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "orders_to_expire" ON "orders" USING btree ("pay_by") WHERE "orders"."pay_by" is not null and "orders"."canceled_at" is null and "orders"."payment_state" = 'pending';--> statement-breakpoint
CREATE INDEX "open_orders" ON "orders" USING btree ("placed_at") WHERE "orders"."canceled_at" is null and ("orders"."payment_state" = 'pending' or "orders"."fulfillment_state" <> 'fulfilled');--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_provider_key" UNIQUE("method","provider_id");--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_bank_transfer_days" CHECK ("settings"."bank_transfer_days" between 1 and 90);--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_return_days" CHECK ("settings"."return_days" between 0 and 365);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_returned" CHECK ("order_lines"."returned_quantity" between 0 and "order_lines"."fulfilled_quantity");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_refunded" CHECK ("order_lines"."refunded_quantity" between 0 and "order_lines"."quantity");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_refunded_within_received" CHECK ("orders"."refunded_total" between 0 and "orders"."received_total");--> statement-breakpoint
INSERT INTO "invoice_counters" ("series") VALUES ('invoice'), ('credit-note');
