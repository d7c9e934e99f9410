-- Ratings of products and votes of reviews, counted by triggers in the transaction of the change. A counter's row is
-- locked by its update, so counts stay exact under concurrency; several are changed in the order of their ids.
CREATE OR REPLACE FUNCTION add_rating(product bigint, changes integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- A deleted product has no row any more.
  INSERT INTO product_ratings (product_id) SELECT id FROM products WHERE id = product ON CONFLICT DO NOTHING;
  UPDATE product_ratings SET stars_1 = stars_1 + changes[1], stars_2 = stars_2 + changes[2],
    stars_3 = stars_3 + changes[3], stars_4 = stars_4 + changes[4], stars_5 = stars_5 + changes[5]
  WHERE product_id = product;
END
$$;
--> statement-breakpoint
-- How a rating changes by this many reviews more or less of each number of stars.
CREATE OR REPLACE FUNCTION rating_changes(stars smallint[], deltas integer[]) RETURNS integer[] IMMUTABLE LANGUAGE sql AS $$
  SELECT array_agg(coalesce((SELECT sum(delta) FROM unnest(stars, deltas) AS m (star, delta) WHERE star = n), 0)::integer
    ORDER BY n)
  FROM generate_series(1, 5) AS n
$$;
--> statement-breakpoint
-- Reviews were added (1) or deleted (-1).
CREATE OR REPLACE FUNCTION count_moved_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN
    SELECT product_id, rating_changes(array_agg(stars), array_agg(TG_ARGV[0]::integer)) AS changes
    FROM moved_rows WHERE status = 'approved' GROUP BY product_id ORDER BY product_id
  LOOP
    PERFORM add_rating(moved.product_id, moved.changes);
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_changed_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN
    SELECT product_id, rating_changes(array_agg(stars), array_agg(delta)) AS changes FROM (
      SELECT product_id, stars, 1 AS delta FROM new_rows WHERE status = 'approved'
      UNION ALL
      SELECT product_id, stars, -1 FROM old_rows WHERE status = 'approved'
    ) both_sides GROUP BY product_id ORDER BY product_id
  LOOP
    IF moved.changes <> '{0,0,0,0,0}' THEN
      PERFORM add_rating(moved.product_id, moved.changes);
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_review_votes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved record;
BEGIN
  FOR moved IN SELECT review_id, count(*)::integer AS votes FROM moved_rows GROUP BY review_id ORDER BY review_id LOOP
    UPDATE reviews SET helpful_count = helpful_count + moved.votes * TG_ARGV[0]::integer WHERE id = moved.review_id;
  END LOOP;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- What a product's page shows of its reviews has changed. A vote is not announced to open pages, only to caches.
CREATE OR REPLACE FUNCTION announce_changed_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  page_ids bigint[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT product_id), '{}') INTO page_ids FROM (
    (SELECT id, product_id, version FROM new_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, version FROM old_rows WHERE status = 'approved')
    UNION ALL
    (SELECT id, product_id, version FROM old_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, version FROM new_rows WHERE status = 'approved')
  ) changed;
  PERFORM announce_products(page_ids);
  PERFORM announce_cached_products(coalesce(array_agg(product_id), '{}')) FROM (
    SELECT product_id FROM (
      SELECT id, product_id, helpful_count FROM new_rows WHERE status = 'approved'
      EXCEPT SELECT id, product_id, helpful_count FROM old_rows
    ) voted EXCEPT SELECT unnest(page_ids)
  ) rest;
  IF EXISTS (SELECT id, version FROM new_rows EXCEPT SELECT id, version FROM old_rows) THEN
    PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_moved_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_products(coalesce(array_agg(DISTINCT product_id), '{}')) FROM moved_rows WHERE status = 'approved';
  IF EXISTS (SELECT FROM moved_rows) THEN
    PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION announce_review_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('till', '{"topic":"reviews","kind":"changed"}');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_change AFTER UPDATE ON reviews
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_changed_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_insert AFTER INSERT ON reviews
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_moved_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_announce_delete AFTER DELETE ON reviews
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_moved_reviews();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_change AFTER UPDATE ON reviews
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_ratings();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_insert AFTER INSERT ON reviews
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_moved_ratings('1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER reviews_count_delete AFTER DELETE ON reviews
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_moved_ratings('-1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_votes_count_insert AFTER INSERT ON review_votes
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_review_votes('1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_votes_count_delete AFTER DELETE ON review_votes
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION count_review_votes('-1');
--> statement-breakpoint
CREATE OR REPLACE TRIGGER review_reports_announce AFTER INSERT ON review_reports
  FOR EACH STATEMENT EXECUTE FUNCTION announce_review_reports();
