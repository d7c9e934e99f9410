CREATE UNLOGGED TABLE "order_watchers" (
	"order_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_watchers_pkey" PRIMARY KEY("order_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "order_watchers" ADD CONSTRAINT "order_watchers_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_watchers" ADD CONSTRAINT "order_watchers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_watchers_user" ON "order_watchers" USING btree ("user_id");--> statement-breakpoint
-- The order's page is read anew when somebody comes or goes, not each time they say that they are still there.
CREATE FUNCTION announce_order_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"order:%s","kind":"%s"}', order_id, TG_ARGV[0]))
  FROM (SELECT DISTINCT order_id FROM moved_rows LIMIT 20) moved;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER order_watchers_announce_came AFTER INSERT ON order_watchers
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_pages('watchers');
--> statement-breakpoint
CREATE TRIGGER order_watchers_announce_went AFTER DELETE ON order_watchers
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_pages('watchers');
--> statement-breakpoint
-- A note and a mail that went out are in the timeline and do not touch the order's version. All else does, and is
-- told with it.
CREATE FUNCTION announce_order_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', format('{"topic":"order:%s","kind":"timeline"}', order_id))
  FROM (SELECT DISTINCT order_id FROM new_rows WHERE kind IN ('note', 'mail-sent') LIMIT 20) noted;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER order_events_announce AFTER INSERT ON order_events
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_order_notes();
