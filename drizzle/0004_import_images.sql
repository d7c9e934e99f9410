CREATE TYPE "public"."image_fetch_status" AS ENUM('waiting', 'fetched', 'failed');--> statement-breakpoint
ALTER TYPE "public"."import_dialect" ADD VALUE 'woocommerce';--> statement-breakpoint
CREATE TABLE "image_fetches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "image_fetches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"url" text NOT NULL,
	"url_hash" text NOT NULL,
	"status" "image_fetch_status" DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"failure" text,
	"media_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_fetches_failed_has_reason" CHECK ("image_fetches"."status" <> 'failed' or "image_fetches"."failure" is not null)
);
--> statement-breakpoint
CREATE TABLE "import_images" (
	"import_id" bigint NOT NULL,
	"fetch_id" bigint NOT NULL,
	CONSTRAINT "import_images_pkey" PRIMARY KEY("import_id","fetch_id")
);
--> statement-breakpoint
ALTER TABLE "import_problems" ADD COLUMN "value" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "format" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "images_retried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "image_fetches" ADD CONSTRAINT "image_fetches_media_hash_media_hash_fk" FOREIGN KEY ("media_hash") REFERENCES "public"."media"("hash") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_images" ADD CONSTRAINT "import_images_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_images" ADD CONSTRAINT "import_images_fetch_id_image_fetches_id_fk" FOREIGN KEY ("fetch_id") REFERENCES "public"."image_fetches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "image_fetches_url_key" ON "image_fetches" USING btree ("url_hash");--> statement-breakpoint
CREATE INDEX "image_fetches_due" ON "image_fetches" USING btree ("next_attempt_at") WHERE "image_fetches"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "import_images_fetch" ON "import_images" USING btree ("fetch_id");--> statement-breakpoint
CREATE INDEX "product_images_source" ON "product_images" USING hash ("source_url");