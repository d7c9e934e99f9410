-- Bitmaps count what broad searches match. One row holds a key (a word, a filter value, or a property that all documents
-- have or have not) for 64,000 product ids, a bit each. Keys are common ones; a shop of few products has none. Written by
-- jobs, so they are up to a minute behind the documents.
CREATE OR REPLACE FUNCTION search_bits(positions bigint[]) RETURNS bit(64000) IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT (coalesce(string_agg(repeat('0', (place - before - 1)::integer) || '1', '' ORDER BY place), '')
    || repeat('0', (63999 - coalesce(max(place), -1))::integer))::bit(64000)
  FROM (SELECT place, lag(place, 1, -1::bigint) OVER (ORDER BY place) AS before FROM unnest(positions) AS place) gaps
$$;
--> statement-breakpoint
-- The keys of these products, whether they have a bitmap or not.
CREATE OR REPLACE FUNCTION search_keys_of(ids bigint[]) RETURNS TABLE (product_id bigint, key bigint)
STABLE LANGUAGE sql AS $$
  SELECT d.product_id, own.key FROM search_documents d
  CROSS JOIN LATERAL (
    SELECT unnest(d.facets) AS key
    UNION ALL SELECT search_facet('word', '', lexeme) FROM unnest(tsvector_to_array(d.words)) AS lexeme
    UNION ALL SELECT search_facet('listed', '', '')
    UNION ALL SELECT search_facet('in stock', '', '') WHERE d.is_available
    UNION ALL SELECT search_facet('out of stock', '', '') WHERE NOT d.is_available AND d.price_min IS NOT NULL
  ) own
  WHERE d.product_id = ANY (ids) AND d.published_at <= now()
$$;
--> statement-breakpoint
-- Makes all bitmaps anew, for keys of at least this many products.
CREATE OR REPLACE FUNCTION rebuild_search_bitmaps(min_products integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  common bigint[] := array(
    SELECT search_facet('word', '', word) FROM ts_stat('SELECT words FROM search_documents') WHERE ndoc >= min_products
    UNION SELECT id FROM (SELECT unnest(facets) AS id FROM search_documents) f GROUP BY id HAVING count(*) >= min_products
    UNION SELECT search_facet(kind, '', '') FROM unnest('{listed,in stock,out of stock}'::text[]) AS kind
    UNION SELECT search_facet('rating', '', n::text) FROM generate_series(1, 4) AS n
  );
  part integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('search bitmaps', 0));
  DELETE FROM search_bitmaps;
  FOR part IN SELECT DISTINCT product_id / 64000 FROM search_documents ORDER BY 1 LOOP
    INSERT INTO search_bitmaps (chunk, key, bits)
    SELECT part, c.key, search_bits(coalesce(array_agg(k.product_id % 64000) FILTER (WHERE k.product_id IS NOT NULL), '{}'))
    FROM unnest(common) AS c(key) LEFT JOIN (
      SELECT * FROM search_keys_of(array(SELECT product_id FROM search_documents WHERE product_id / 64000 = part))
    ) k USING (key)
    GROUP BY c.key;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Sets and clears the bits of these products. A chunk without bitmaps gets empty ones first.
CREATE OR REPLACE FUNCTION update_search_bitmaps(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  part integer;
  changed bit(64000);
BEGIN
  IF NOT EXISTS (SELECT FROM search_bitmaps) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('search bitmaps', 0));
  FOR part IN SELECT DISTINCT id / 64000 FROM unnest(ids) AS id ORDER BY 1 LOOP
    IF NOT EXISTS (SELECT FROM search_bitmaps WHERE chunk = part) THEN
      INSERT INTO search_bitmaps (chunk, key, bits) SELECT DISTINCT part, key, search_bits('{}') FROM search_bitmaps;
    END IF;
    changed := search_bits(array(SELECT DISTINCT id % 64000 FROM unnest(ids) AS id WHERE id / 64000 = part));
    UPDATE search_bitmaps b SET bits = b.bits & ~changed | fresh.bits
    FROM (
      SELECT old.key, coalesce(own.bits, search_bits('{}')) AS bits
      FROM search_bitmaps old LEFT JOIN (
        SELECT k.key, search_bits(array_agg(k.product_id % 64000)) AS bits
        FROM search_keys_of(array(SELECT id FROM unnest(ids) AS id WHERE id / 64000 = part)) k
        WHERE k.key IN (SELECT key FROM search_bitmaps WHERE chunk = part)
        GROUP BY k.key
      ) own USING (key)
      WHERE old.chunk = part
    ) fresh
    WHERE b.chunk = part AND b.key = fresh.key AND b.bits & changed <> fresh.bits;
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE search_bitmaps ALTER COLUMN bits SET STORAGE PLAIN;
