CREATE TYPE "public"."shipping_tax" AS ENUM('none', 'goods', 'class');--> statement-breakpoint
CREATE TYPE "public"."promotion_kind" AS ENUM('percent', 'fixed', 'free-shipping', 'buy-x-get-y');--> statement-breakpoint
CREATE TYPE "public"."shipping_price_by" AS ENUM('flat', 'weight', 'subtotal');--> statement-breakpoint
CREATE TABLE "tax_classes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tax_classes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tax_classes_title_present" CHECK ("tax_classes"."title" <> '')
);
--> statement-breakpoint
CREATE TABLE "promotion_codes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "promotion_codes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"promotion_id" bigint NOT NULL,
	"code" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "promotion_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "promotion_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"promotion_id" bigint NOT NULL,
	"is_get" boolean DEFAULT false NOT NULL,
	"product_id" bigint,
	"collection_id" bigint,
	CONSTRAINT "promotion_items_key" UNIQUE NULLS NOT DISTINCT("promotion_id","is_get","product_id","collection_id"),
	CONSTRAINT "promotion_items_one" CHECK (num_nonnulls("promotion_items"."product_id", "promotion_items"."collection_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "promotion_redemptions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "promotion_redemptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"promotion_id" bigint NOT NULL,
	"order_id" bigint NOT NULL,
	"code" text DEFAULT '' NOT NULL,
	"amount" bigint NOT NULL,
	"released_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promotion_redemptions_key" UNIQUE("order_id","promotion_id"),
	CONSTRAINT "promotion_redemptions_amount" CHECK ("promotion_redemptions"."amount" > 0 and "promotion_redemptions"."amount" between 0 and 1000000000000)
);
--> statement-breakpoint
CREATE TABLE "promotions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "promotions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"kind" "promotion_kind" NOT NULL,
	"is_automatic" boolean NOT NULL,
	"code" text,
	"generated_codes" integer DEFAULT 0 NOT NULL,
	"percent" integer,
	"amount" bigint,
	"max_rate" bigint,
	"buy_quantity" integer,
	"get_quantity" integer,
	"max_sets" integer,
	"is_for_all" boolean DEFAULT true NOT NULL,
	"gets_all" boolean DEFAULT true NOT NULL,
	"min_quantity" integer,
	"min_subtotal" bigint,
	"is_combinable" boolean DEFAULT true NOT NULL,
	"is_first_order_only" boolean DEFAULT false NOT NULL,
	"usage_limit" integer,
	"limit_per_customer" integer,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promotions_title_present" CHECK ("promotions"."title" <> ''),
	CONSTRAINT "promotions_code_shape" CHECK ("promotions"."code" = upper("promotions"."code") and "promotions"."code" !~ '\s' and "promotions"."code" <> ''),
	CONSTRAINT "promotions_automatic_has_no_code" CHECK (not ("promotions"."is_automatic" and "promotions"."code" is not null)),
	CONSTRAINT "promotions_benefit" CHECK (case "promotions"."kind"
        when 'percent' then num_nulls("promotions"."percent", "promotions"."amount", "promotions"."buy_quantity", "promotions"."get_quantity") = 3 and "promotions"."percent" is not null
        when 'fixed' then num_nulls("promotions"."percent", "promotions"."amount", "promotions"."buy_quantity", "promotions"."get_quantity") = 3 and "promotions"."amount" is not null
        when 'free-shipping' then num_nonnulls("promotions"."percent", "promotions"."amount", "promotions"."buy_quantity", "promotions"."get_quantity") = 0
        else num_nulls("promotions"."percent", "promotions"."buy_quantity", "promotions"."get_quantity") = 0 and "promotions"."amount" is null end),
	CONSTRAINT "promotions_percent" CHECK ("promotions"."percent" between 1 and 10000),
	CONSTRAINT "promotions_amount" CHECK ("promotions"."amount" > 0 and "promotions"."amount" between 0 and 1000000000000),
	CONSTRAINT "promotions_max_rate_amount" CHECK ("promotions"."max_rate" between 0 and 1000000000000),
	CONSTRAINT "promotions_min_subtotal_amount" CHECK ("promotions"."min_subtotal" between 0 and 1000000000000),
	CONSTRAINT "promotions_quantities" CHECK ("promotions"."buy_quantity" > 0 and "promotions"."get_quantity" > 0 and coalesce("promotions"."max_sets", 1) > 0 or "promotions"."kind" <> 'buy-x-get-y'),
	CONSTRAINT "promotions_limits" CHECK (coalesce("promotions"."usage_limit", 1) > 0 and coalesce("promotions"."limit_per_customer", 1) > 0 and coalesce("promotions"."min_quantity", 1) > 0),
	CONSTRAINT "promotions_ends_after_start" CHECK ("promotions"."ends_at" > "promotions"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "shipping_methods" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shipping_methods_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"zone_id" bigint NOT NULL,
	"title" text NOT NULL,
	"is_pickup" boolean DEFAULT false NOT NULL,
	"price_by" "shipping_price_by" DEFAULT 'flat' NOT NULL,
	"rate" bigint DEFAULT 0 NOT NULL,
	"tiers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"free_from" bigint,
	"days_min" integer DEFAULT 2 NOT NULL,
	"days_max" integer DEFAULT 4 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shipping_methods_title_present" CHECK ("shipping_methods"."title" <> ''),
	CONSTRAINT "shipping_methods_rate_amount" CHECK ("shipping_methods"."rate" between 0 and 1000000000000),
	CONSTRAINT "shipping_methods_free_from_amount" CHECK ("shipping_methods"."free_from" between 0 and 1000000000000),
	CONSTRAINT "shipping_methods_days" CHECK ("shipping_methods"."days_min" between 0 and 90 and "shipping_methods"."days_max" between "shipping_methods"."days_min" and 90),
	CONSTRAINT "shipping_methods_tiers" CHECK (jsonb_typeof("shipping_methods"."tiers") = 'array' and ("shipping_methods"."price_by" = 'flat') = (jsonb_array_length("shipping_methods"."tiers") = 0))
);
--> statement-breakpoint
CREATE TABLE "shipping_zone_places" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shipping_zone_places_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"zone_id" bigint NOT NULL,
	"country" text NOT NULL,
	"region" text DEFAULT '' NOT NULL,
	CONSTRAINT "shipping_zone_places_key" UNIQUE("country","region"),
	CONSTRAINT "shipping_zone_places_country" CHECK ("shipping_zone_places"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "shipping_zones" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shipping_zones_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"is_rest_of_world" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shipping_zones_title_present" CHECK ("shipping_zones"."title" <> '')
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tax_rates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"country" text NOT NULL,
	"region" text DEFAULT '' NOT NULL,
	"tax_class_id" bigint,
	"rate" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tax_rates_key" UNIQUE NULLS NOT DISTINCT("country","region","tax_class_id"),
	CONSTRAINT "tax_rates_country" CHECK ("tax_rates"."country" ~ '^[A-Z]{2}$'),
	CONSTRAINT "tax_rates_rate" CHECK ("tax_rates"."rate" between 0 and 100000)
);
--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_total_adds_up";--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "codes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "ship_country" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "ship_region" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "ship_postcode" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "tax_class_id" bigint;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "store_country" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "store_region" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "prices_include_tax" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "tax_label" text DEFAULT 'Tax' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "shipping_tax" "shipping_tax" DEFAULT 'goods' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "shipping_tax_class_id" bigint;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "allows_reverse_charge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "tax_rate" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "tax_total" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "customer_key" text GENERATED ALWAYS AS (customer_key(email)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "vat_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_reverse_charge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_pickup" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "shipping_discount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "tax_added" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "promotion_codes" ADD CONSTRAINT "promotion_codes_promotion_id_promotions_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_items" ADD CONSTRAINT "promotion_items_promotion_id_promotions_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_items" ADD CONSTRAINT "promotion_items_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_items" ADD CONSTRAINT "promotion_items_collection_id_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."collections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_redemptions" ADD CONSTRAINT "promotion_redemptions_promotion_id_promotions_id_fk" FOREIGN KEY ("promotion_id") REFERENCES "public"."promotions"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promotion_redemptions" ADD CONSTRAINT "promotion_redemptions_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipping_methods" ADD CONSTRAINT "shipping_methods_zone_id_shipping_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."shipping_zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipping_zone_places" ADD CONSTRAINT "shipping_zone_places_zone_id_shipping_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."shipping_zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_tax_class_id_tax_classes_id_fk" FOREIGN KEY ("tax_class_id") REFERENCES "public"."tax_classes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tax_classes_title_key" ON "tax_classes" USING btree (lower("title"));--> statement-breakpoint
CREATE UNIQUE INDEX "promotion_codes_key" ON "promotion_codes" USING btree ("code");--> statement-breakpoint
CREATE INDEX "promotion_codes_promotion" ON "promotion_codes" USING btree ("promotion_id","id");--> statement-breakpoint
CREATE INDEX "promotion_items_product" ON "promotion_items" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "promotion_items_collection" ON "promotion_items" USING btree ("collection_id");--> statement-breakpoint
CREATE INDEX "promotion_redemptions_used" ON "promotion_redemptions" USING btree ("promotion_id") WHERE "promotion_redemptions"."released_at" is null;--> statement-breakpoint
CREATE INDEX "promotion_redemptions_code" ON "promotion_redemptions" USING btree ("code") WHERE "promotion_redemptions"."released_at" is null and "promotion_redemptions"."code" <> '';--> statement-breakpoint
CREATE UNIQUE INDEX "promotions_code_key" ON "promotions" USING btree ("code");--> statement-breakpoint
CREATE INDEX "shipping_methods_zone" ON "shipping_methods" USING btree ("zone_id","id");--> statement-breakpoint
CREATE INDEX "shipping_zone_places_zone" ON "shipping_zone_places" USING btree ("zone_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shipping_zones_rest_of_world" ON "shipping_zones" USING btree ("is_rest_of_world") WHERE "shipping_zones"."is_rest_of_world";--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_tax_class_id_tax_classes_id_fk" FOREIGN KEY ("tax_class_id") REFERENCES "public"."tax_classes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_shipping_tax_class_id_tax_classes_id_fk" FOREIGN KEY ("shipping_tax_class_id") REFERENCES "public"."tax_classes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "products_tax_class" ON "products" USING btree ("tax_class_id") WHERE "products"."tax_class_id" is not null;--> statement-breakpoint
CREATE INDEX "orders_customer_key" ON "orders" USING btree ("customer_key");--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_codes" CHECK (cardinality("carts"."codes") <= 5 and array_position("carts"."codes", null) is null);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_tax_amount" CHECK ("order_lines"."tax_total" between 0 and 1000000000000);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_shipping_discount_within_shipping" CHECK ("orders"."shipping_discount" between 0 and "orders"."shipping_total");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_tax_added" CHECK ("orders"."tax_added" in (0, "orders"."tax_total") or "orders"."tax_added" < 0 and "orders"."is_reverse_charge" and "orders"."tax_total" = 0);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_total_adds_up" CHECK ("orders"."total" = "orders"."subtotal" - "orders"."discount_total" + "orders"."shipping_total" - "orders"."shipping_discount" + "orders"."tax_added" and "orders"."total" >= 0);