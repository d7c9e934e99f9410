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
ALTER TABLE "cart_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "search_query" text collate "C";--> statement-breakpoint
CREATE INDEX "cart_lines_searched" ON "cart_lines" USING btree ("created_at") WHERE "cart_lines"."search_query" is not null;--> statement-breakpoint
CREATE INDEX "order_lines_searched" ON "order_lines" USING btree ("order_id") WHERE "order_lines"."search_query" is not null;--> statement-breakpoint
ALTER TABLE "cart_lines" ADD CONSTRAINT "cart_lines_search_query" CHECK (length("cart_lines"."search_query") between 1 and 100);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_search_query" CHECK (length("order_lines"."search_query") between 1 and 100);