CREATE TYPE "public"."import_kept_reason" AS ENUM('changed', 'deleted', 'ordered', 'in-use', 'sold', 'refused');--> statement-breakpoint
CREATE TYPE "public"."search_ranking" AS ENUM('higher', 'lower');--> statement-breakpoint
CREATE TYPE "public"."page_kind" AS ENUM('page', 'policy');--> statement-breakpoint
CREATE TYPE "public"."review_report_reason" AS ENUM('offensive', 'spam', 'private-data', 'not-about-the-product', 'other');--> statement-breakpoint
CREATE TYPE "public"."review_status" AS ENUM('pending', 'approved', 'rejected');--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-request';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-approved';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-rejected';--> statement-breakpoint
ALTER TYPE "public"."email_kind" ADD VALUE 'review-replied';--> statement-breakpoint
ALTER TYPE "public"."handle_kind" ADD VALUE 'page';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'undoing';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'undone';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-approved' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-rejected' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'review-replied' BEFORE 'new-order';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'new-review';--> statement-breakpoint
CREATE TABLE "search_bitmaps" (
	"chunk" integer NOT NULL,
	"key" bigint NOT NULL,
	"bits" bit(64000) NOT NULL,
	CONSTRAINT "search_bitmaps_pkey" PRIMARY KEY("key","chunk")
);
--> statement-breakpoint
CREATE TABLE "search_deletions" (
	"deletion" text collate "C" NOT NULL,
	"word_id" bigint NOT NULL,
	CONSTRAINT "search_deletions_pkey" PRIMARY KEY("deletion","word_id")
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"title" text collate "C" NOT NULL,
	"is_available" boolean NOT NULL,
	"sales" integer NOT NULL,
	"price_min" bigint,
	"price_max" bigint,
	"facets" bigint[] NOT NULL,
	"title_words" "tsvector" NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_facets" (
	"id" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_queue" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_queue_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"product_id" bigint NOT NULL,
	"is_new" boolean NOT NULL,
	"is_stale" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_words_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"word" text collate "C" NOT NULL,
	"lexeme" text collate "C" NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "search_words_word_key" UNIQUE("word")
);
--> statement-breakpoint
CREATE TABLE "search_boosts" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"ranking" "search_ranking" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_pin_products" (
	"pin_id" bigint NOT NULL,
	"product_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "search_pin_products_pkey" PRIMARY KEY("pin_id","product_id"),
	CONSTRAINT "search_pin_products_position" CHECK ("search_pin_products"."position" >= 1)
);
--> statement-breakpoint
CREATE TABLE "search_pins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_pins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"query" text NOT NULL,
	"folded" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "search_pins_folded_key" UNIQUE("folded"),
	CONSTRAINT "search_pins_folded_present" CHECK ("search_pins"."folded" <> '')
);
--> statement-breakpoint
CREATE TABLE "search_synonyms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_synonyms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"words" text[] NOT NULL,
	"folded" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "search_synonyms_words" CHECK (cardinality("search_synonyms"."words") between 2 and 10 and cardinality("search_synonyms"."folded") = cardinality("search_synonyms"."words")
        and array_position("search_synonyms"."folded", '') is null)
);
--> statement-breakpoint
CREATE TABLE "search_clicks" (
	"day" date NOT NULL,
	"query" text collate "C" NOT NULL,
	"product_id" bigint NOT NULL,
	"clicks" integer NOT NULL,
	CONSTRAINT "search_clicks_pkey" PRIMARY KEY("day","query","product_id"),
	CONSTRAINT "search_clicks_query" CHECK (length("search_clicks"."query") between 1 and 100),
	CONSTRAINT "search_clicks_clicks" CHECK ("search_clicks"."clicks" > 0)
);
--> statement-breakpoint
CREATE TABLE "search_counts" (
	"day" date NOT NULL,
	"query" text collate "C" NOT NULL,
	"searches" integer NOT NULL,
	"results" integer NOT NULL,
	CONSTRAINT "search_counts_pkey" PRIMARY KEY("day","query"),
	CONSTRAINT "search_counts_query" CHECK (length("search_counts"."query") between 1 and 100),
	CONSTRAINT "search_counts_searches" CHECK ("search_counts"."searches" > 0 and "search_counts"."results" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "page_kind" NOT NULL,
	"handle" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"seo_title" text DEFAULT '' NOT NULL,
	"seo_description" text DEFAULT '' NOT NULL,
	"published_at" timestamp with time zone,
	"position" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pages_handle_shape" CHECK ("pages"."handle" <> '' and "pages"."handle" !~ '[/?#[:space:]]' and length("pages"."handle") <= 255),
	CONSTRAINT "pages_policy_handle" CHECK ("pages"."kind" <> 'policy' or "pages"."handle" in ('shipping-policy', 'refund-policy', 'privacy-policy', 'terms-of-service', 'legal-notice')),
	CONSTRAINT "pages_title_present" CHECK ("pages"."title" <> ''),
	CONSTRAINT "pages_position" CHECK ("pages"."position" is null or ("pages"."kind" = 'page' and "pages"."position" >= 1))
);
--> statement-breakpoint
CREATE TABLE "redirects" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "redirects_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"path" text NOT NULL,
	"target" text NOT NULL,
	"target_path" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "redirects_path_key" UNIQUE("path"),
	CONSTRAINT "redirects_path_shape" CHECK ("redirects"."path" ~ '^/[^/]' and length("redirects"."path") <= 500),
	CONSTRAINT "redirects_target_shape" CHECK ("redirects"."target" ~ '^(/([^/]|$)|https?://)' and "redirects"."target" !~ '[[:space:][:cntrl:]]' and length("redirects"."target") <= 2000),
	CONSTRAINT "redirects_not_to_itself" CHECK ("redirects"."target_path" <> "redirects"."path")
);
--> statement-breakpoint
CREATE TABLE "product_sales" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "product_sales_units" CHECK ("product_sales"."units" > 0)
);
--> statement-breakpoint
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
CREATE TABLE "bought_together" (
	"product_id" bigint NOT NULL,
	"other_id" bigint NOT NULL,
	"orders" integer NOT NULL,
	CONSTRAINT "bought_together_pkey" PRIMARY KEY("product_id","other_id"),
	CONSTRAINT "bought_together_two_products" CHECK ("bought_together"."product_id" <> "bought_together"."other_id"),
	CONSTRAINT "bought_together_orders" CHECK ("bought_together"."orders" > 0)
);
--> statement-breakpoint
CREATE TABLE "related_products" (
	"product_id" bigint NOT NULL,
	"related_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "related_products_pkey" PRIMARY KEY("product_id","related_id"),
	CONSTRAINT "related_products_two_products" CHECK ("related_products"."product_id" <> "related_products"."related_id"),
	CONSTRAINT "related_products_position" CHECK ("related_products"."position" >= 1)
);
--> statement-breakpoint
ALTER TABLE "handle_history" DROP CONSTRAINT "handle_history_kind";--> statement-breakpoint
ALTER TABLE "handle_history" DROP CONSTRAINT "handle_history_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "handle_history" DROP CONSTRAINT "handle_history_collection_id_collections_id_fk";
--> statement-breakpoint
ALTER TABLE "cart_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "review_id" bigint;--> statement-breakpoint
ALTER TABLE "emails" ADD COLUMN "review_request_id" bigint;--> statement-breakpoint
ALTER TABLE "handle_history" ADD COLUMN "page_id" bigint;--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_changes" ADD COLUMN "kept_reason" "import_kept_reason";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undone_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "kept_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "review_request_days" integer;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_boosts" ADD CONSTRAINT "search_boosts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_pin_id_search_pins_id_fk" FOREIGN KEY ("pin_id") REFERENCES "public"."search_pins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_sales" ADD CONSTRAINT "product_sales_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "bought_together" ADD CONSTRAINT "bought_together_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bought_together" ADD CONSTRAINT "bought_together_other_id_products_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_related_id_products_id_fk" FOREIGN KEY ("related_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_documents_words" ON "search_documents" USING gin ("words");--> statement-breakpoint
CREATE INDEX "search_documents_title_words" ON "search_documents" USING gin ("title_words");--> statement-breakpoint
CREATE INDEX "search_documents_title" ON "search_documents" USING btree ("title");--> statement-breakpoint
CREATE INDEX "search_documents_sales" ON "search_documents" USING btree ("is_available" DESC NULLS LAST,"sales" DESC NULLS LAST,"product_id");--> statement-breakpoint
CREATE INDEX "search_documents_price_min" ON "search_documents" USING btree ("price_min");--> statement-breakpoint
CREATE INDEX "search_documents_price_max" ON "search_documents" USING btree ("price_max");--> statement-breakpoint
CREATE INDEX "search_words_similar" ON "search_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "search_pin_products_product" ON "search_pin_products" USING btree ("product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pages_handle_key" ON "pages" USING btree ("kind","handle");--> statement-breakpoint
CREATE INDEX "product_sales_best" ON "product_sales" USING btree ("units" DESC NULLS LAST,"product_id");--> statement-breakpoint
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
CREATE INDEX "bought_together_other" ON "bought_together" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "related_products_related" ON "related_products" USING btree ("related_id");--> statement-breakpoint
ALTER TABLE "handle_history" ADD CONSTRAINT "handle_history_page_id_pages_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."pages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handle_history" ADD CONSTRAINT "handle_history_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handle_history" ADD CONSTRAINT "handle_history_collection_id_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."collections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_lines_searched" ON "cart_lines" USING btree ("created_at") WHERE "cart_lines"."search_query" is not null;--> statement-breakpoint
CREATE INDEX "variants_sku_prefix" ON "variants" USING btree ((lower("sku") collate "C")) WHERE "variants"."sku" <> '';--> statement-breakpoint
CREATE INDEX "variants_barcode" ON "variants" USING btree ("barcode") WHERE "variants"."barcode" <> '';--> statement-breakpoint
CREATE INDEX "fulfillments_tracking_number" ON "fulfillments" USING btree (lower("tracking_number")) WHERE "fulfillments"."tracking_number" <> '';--> statement-breakpoint
CREATE INDEX "handle_history_page" ON "handle_history" USING btree ("page_id");--> statement-breakpoint
CREATE INDEX "import_changes_kept" ON "import_changes" USING btree ("import_id","id") WHERE "import_changes"."kept_reason" is not null;--> statement-breakpoint
CREATE INDEX "order_lines_sku" ON "order_lines" USING btree (lower("sku")) WHERE "order_lines"."sku" <> '';--> statement-breakpoint
CREATE INDEX "order_lines_searched" ON "order_lines" USING btree ("order_id") WHERE "order_lines"."search_query" is not null;--> statement-breakpoint
CREATE INDEX "orders_contact" ON "orders" USING gin (lower("email" || ' ' || "ship_name") gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_search_query" CHECK (length("cart_lines"."search_query") between 1 and 100);--> statement-breakpoint
ALTER TABLE "handle_history" ADD CONSTRAINT "handle_history_kind" CHECK (("handle_history"."kind" = 'product' or "handle_history"."product_id" is null) and ("handle_history"."kind" = 'collection' or "handle_history"."collection_id" is null)
        and ("handle_history"."kind" not in ('product', 'collection') or "handle_history"."page_id" is null));--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_review_request_days" CHECK ("settings"."review_request_days" between 1 and 90);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_search_query" CHECK (length("order_lines"."search_query") between 1 and 100);