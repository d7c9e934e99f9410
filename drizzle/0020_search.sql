CREATE TYPE "public"."search_ranking" AS ENUM('higher', 'lower');--> statement-breakpoint
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
CREATE TABLE "product_sales" (
	"product_id" bigint PRIMARY KEY NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "product_sales_units" CHECK ("product_sales"."units" > 0)
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
ALTER TABLE "cart_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_boosts" ADD CONSTRAINT "search_boosts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_pin_id_search_pins_id_fk" FOREIGN KEY ("pin_id") REFERENCES "public"."search_pins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_sales" ADD CONSTRAINT "product_sales_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
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
CREATE INDEX "product_sales_best" ON "product_sales" USING btree ("units" DESC NULLS LAST,"product_id");--> statement-breakpoint
CREATE INDEX "bought_together_other" ON "bought_together" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "related_products_related" ON "related_products" USING btree ("related_id");--> statement-breakpoint
CREATE INDEX "cart_lines_searched" ON "cart_lines" USING btree ("created_at") WHERE "cart_lines"."search_query" is not null;--> statement-breakpoint
CREATE INDEX "variants_sku_prefix" ON "variants" USING btree ((lower("sku") collate "C")) WHERE "variants"."sku" <> '';--> statement-breakpoint
CREATE INDEX "variants_barcode" ON "variants" USING btree ("barcode") WHERE "variants"."barcode" <> '';--> statement-breakpoint
CREATE INDEX "order_lines_searched" ON "order_lines" USING btree ("order_id") WHERE "order_lines"."search_query" is not null;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_search_query" CHECK (length("cart_lines"."search_query") between 1 and 100);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_search_query" CHECK (length("order_lines"."search_query") between 1 and 100);