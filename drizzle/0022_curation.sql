CREATE TYPE "public"."search_ranking" AS ENUM('higher', 'lower');--> statement-breakpoint
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
CREATE TABLE "related_products" (
	"product_id" bigint NOT NULL,
	"related_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "related_products_pkey" PRIMARY KEY("product_id","related_id"),
	CONSTRAINT "related_products_two_products" CHECK ("related_products"."product_id" <> "related_products"."related_id"),
	CONSTRAINT "related_products_position" CHECK ("related_products"."position" >= 1)
);
--> statement-breakpoint
ALTER TABLE "search_boosts" ADD CONSTRAINT "search_boosts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_pin_id_search_pins_id_fk" FOREIGN KEY ("pin_id") REFERENCES "public"."search_pins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_pin_products" ADD CONSTRAINT "search_pin_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_related_id_products_id_fk" FOREIGN KEY ("related_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_pin_products_product" ON "search_pin_products" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "related_products_related" ON "related_products" USING btree ("related_id");