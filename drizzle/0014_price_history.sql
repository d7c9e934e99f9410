CREATE TABLE "price_history" (
	"variant_id" bigint NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "price_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"price" bigint,
	"is_reduced" boolean NOT NULL,
	"published_at" timestamp with time zone,
	"starts_at" timestamp with time zone NOT NULL,
	CONSTRAINT "price_history_pkey" PRIMARY KEY("variant_id","id"),
	CONSTRAINT "price_history_price_amount" CHECK ("price_history"."price" between 0 and 1000000000000),
	CONSTRAINT "price_history_on_sale" CHECK (("price_history"."price" is null) = ("price_history"."published_at" is null) and ("price_history"."price" is not null or not "price_history"."is_reduced"))
);
--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "shows_lowest_price" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "price_history" ADD CONSTRAINT "price_history_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What is known of existing prices begins now.
INSERT INTO "price_history" ("variant_id", "price", "is_reduced", "published_at", "starts_at")
SELECT v."id", v."price", coalesce(v."compare_at_price" > v."price", false), p."published_at", now()
FROM "variants" v JOIN "products" p ON p."id" = v."product_id"
WHERE p."status" = 'active' AND p."published_at" IS NOT NULL AND v."price" IS NOT NULL
ORDER BY v."id";
