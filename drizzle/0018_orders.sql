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
CREATE TABLE "pricing_version" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "pricing_version_is_one_row" CHECK ("pricing_version"."is_only")
);
--> statement-breakpoint
ALTER TABLE "stock_ledger" DROP CONSTRAINT "stock_ledger_sale_has_order";--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "order_lines_fulfilled";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_parts";--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "refund_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "return_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "event_id" bigint;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "removed_quantity" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "pricing_terms" jsonb;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "excess_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_ledger" ADD CONSTRAINT "stock_ledger_sale_has_order" CHECK (("stock_ledger"."reason" in ('initial', 'import', 'correction', 'received')) = ("stock_ledger"."order_id" is null));--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_removed" CHECK ("order_lines"."removed_quantity" between 0 and "order_lines"."refunded_quantity");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_fulfilled" CHECK ("order_lines"."fulfilled_quantity" between 0 and "order_lines"."quantity" - "order_lines"."removed_quantity");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_parts" CHECK ("refunds"."shipping_amount" >= 0 and "refunds"."shipping_tax" >= 0 and "refunds"."extra_amount" >= 0
        and "refunds"."excess_amount" >= 0 and "refunds"."shipping_amount" + "refunds"."extra_amount" + "refunds"."excess_amount" <= "refunds"."amount");