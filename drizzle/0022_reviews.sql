CREATE TYPE "public"."review_report_reason" AS ENUM('offensive', 'spam', 'private-data', 'not-about-the-product', 'other');--> statement-breakpoint
CREATE TYPE "public"."review_status" AS ENUM('pending', 'approved', 'rejected');--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-request';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-approved';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-rejected';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-replied';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-approved' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-rejected' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-replied' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'new-review';--> statement-breakpoint
CREATE TABLE "product_ratings" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"stars_1" integer DEFAULT 0 NOT NULL,
	"stars_2" integer DEFAULT 0 NOT NULL,
	"stars_3" integer DEFAULT 0 NOT NULL,
	"stars_4" integer DEFAULT 0 NOT NULL,
	"stars_5" integer DEFAULT 0 NOT NULL,
	"count" integer GENERATED ALWAYS AS (stars_1 + stars_2 + stars_3 + stars_4 + stars_5) STORED NOT NULL,
	"sum" integer GENERATED ALWAYS AS (stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5) STORED NOT NULL,
	CONSTRAINT "product_ratings_counts" CHECK (least("product_ratings"."stars_1", "product_ratings"."stars_2", "product_ratings"."stars_3", "product_ratings"."stars_4", "product_ratings"."stars_5") >= 0)
);
--> statement-breakpoint
CREATE TABLE "review_photos" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_photos_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"review_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"media_hash" text NOT NULL,
	CONSTRAINT "review_photos_position" CHECK ("review_photos"."position" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "review_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"review_id" bigint NOT NULL,
	"user_id" bigint,
	"session_id" bigint,
	"reason" "review_report_reason" NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_reports_one_reporter" CHECK (num_nonnulls("review_reports"."user_id", "review_reports"."session_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "review_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" bigint NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_votes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_votes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"review_id" bigint NOT NULL,
	"user_id" bigint,
	"session_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_votes_one_voter" CHECK (num_nonnulls("review_votes"."user_id", "review_votes"."session_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reviews_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"user_id" bigint,
	"email" text NOT NULL,
	"customer_key" text GENERATED ALWAYS AS (customer_key(email)) STORED NOT NULL,
	"author_name" text NOT NULL,
	"stars" smallint NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"text" text NOT NULL,
	"status" "review_status" DEFAULT 'pending' NOT NULL,
	"reject_reason" text DEFAULT '' NOT NULL,
	"reply" text DEFAULT '' NOT NULL,
	"replied_at" timestamp with time zone,
	"helpful_count" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"moderated_at" timestamp with time zone,
	CONSTRAINT "reviews_stars" CHECK ("reviews"."stars" between 1 and 5),
	CONSTRAINT "reviews_email_lowercase" CHECK ("reviews"."email" = lower("reviews"."email")),
	CONSTRAINT "reviews_author_present" CHECK ("reviews"."author_name" <> ''),
	CONSTRAINT "reviews_text_present" CHECK ("reviews"."text" <> ''),
	CONSTRAINT "reviews_rejected_with_reason" CHECK (("reviews"."status" = 'rejected') = ("reviews"."reject_reason" <> '')),
	CONSTRAINT "reviews_moderated_at" CHECK (("reviews"."status" = 'pending') = ("reviews"."moderated_at" is null)),
	CONSTRAINT "reviews_replied_at" CHECK (("reviews"."reply" = '') = ("reviews"."replied_at" is null)),
	CONSTRAINT "reviews_helpful_count" CHECK ("reviews"."helpful_count" >= 0)
);
--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "review_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "review_request_id" bigint;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "review_request_days" integer;--> statement-breakpoint
ALTER TABLE "product_ratings" ADD CONSTRAINT "product_ratings_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_photos" ADD CONSTRAINT "review_photos_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_photos" ADD CONSTRAINT "review_photos_media_hash_media_hash_fk" FOREIGN KEY ("media_hash") REFERENCES "public"."media"("hash") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reports" ADD CONSTRAINT "review_reports_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reports" ADD CONSTRAINT "review_reports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_requests" ADD CONSTRAINT "review_requests_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_votes" ADD CONSTRAINT "review_votes_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_votes" ADD CONSTRAINT "review_votes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "review_photos_key" ON "review_photos" USING btree ("review_id","media_hash");--> statement-breakpoint
CREATE INDEX "review_photos_media" ON "review_photos" USING btree ("media_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "review_reports_user_key" ON "review_reports" USING btree ("review_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_reports_session_key" ON "review_reports" USING btree ("review_id","session_id");--> statement-breakpoint
CREATE INDEX "review_reports_open" ON "review_reports" USING btree ("review_id") WHERE "review_reports"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "review_reports_user" ON "review_reports" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_requests_order_key" ON "review_requests" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "review_requests_email" ON "review_requests" USING btree ("email");--> statement-breakpoint
CREATE INDEX "review_requests_created_at" ON "review_requests" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_votes_user_key" ON "review_votes" USING btree ("review_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_votes_session_key" ON "review_votes" USING btree ("review_id","session_id");--> statement-breakpoint
CREATE INDEX "review_votes_user" ON "review_votes" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_mailbox_key" ON "reviews" USING btree ("product_id","customer_key");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_user_key" ON "reviews" USING btree ("product_id","user_id");--> statement-breakpoint
CREATE INDEX "reviews_public" ON "reviews" USING btree ("product_id","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "reviews"."status" = 'approved';--> statement-breakpoint
CREATE INDEX "reviews_queue" ON "reviews" USING btree ("status","submitted_at","id");--> statement-breakpoint
CREATE INDEX "reviews_user" ON "reviews" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "reviews_customer_key" ON "reviews" USING btree ("customer_key");--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_review_request_days" CHECK ("settings"."review_request_days" between 1 and 90);