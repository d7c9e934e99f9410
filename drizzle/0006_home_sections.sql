CREATE TYPE "public"."home_section_kind" AS ENUM('hero', 'featured-collection', 'new-products', 'image-with-text', 'collection-list');--> statement-breakpoint
CREATE TABLE "home_sections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "home_sections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "home_section_kind" NOT NULL,
	"position" integer NOT NULL,
	"is_visible" boolean DEFAULT true NOT NULL,
	"heading" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"link_label" text DEFAULT '' NOT NULL,
	"link_path" text DEFAULT '' NOT NULL,
	"featured_collection_id" bigint,
	"item_count" smallint DEFAULT 8 NOT NULL,
	"media_hash" text,
	"image_alt" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "home_sections_position" CHECK ("home_sections"."position" >= 1),
	CONSTRAINT "home_sections_item_count" CHECK ("home_sections"."item_count" between 1 and 24),
	CONSTRAINT "home_sections_link_is_a_path" CHECK ("home_sections"."link_path" = '' or (starts_with("home_sections"."link_path", '/') and left("home_sections"."link_path", 2) not in ('//', '/\'))),
	CONSTRAINT "home_sections_collection_kind" CHECK ("home_sections"."featured_collection_id" is null or "home_sections"."kind" = 'featured-collection')
);
--> statement-breakpoint
ALTER TABLE "home_sections" ADD CONSTRAINT "home_sections_featured_collection_id_collections_id_fk" FOREIGN KEY ("featured_collection_id") REFERENCES "public"."collections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "home_sections" ADD CONSTRAINT "home_sections_media_hash_media_hash_fk" FOREIGN KEY ("media_hash") REFERENCES "public"."media"("hash") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "home_sections_order" ON "home_sections" USING btree ("position","id");--> statement-breakpoint
CREATE INDEX "home_sections_media" ON "home_sections" USING btree ("media_hash");--> statement-breakpoint
CREATE INDEX "home_sections_collection" ON "home_sections" USING btree ("featured_collection_id");