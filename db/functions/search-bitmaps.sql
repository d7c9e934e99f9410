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
  );
  part integer;
BEGIN
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
-- Sets and clears the bits of these products. A chunk that has no bitmaps yet gets empty ones first.
CREATE OR REPLACE FUNCTION update_search_bitmaps(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  id bigint;
  own bigint[];
BEGIN
  INSERT INTO search_bitmaps (chunk, key, bits)
  SELECT part, known.key, search_bits('{}')
  FROM (SELECT DISTINCT i / 64000 AS part FROM unnest(ids) AS i) parts, (SELECT DISTINCT b.key FROM search_bitmaps b) known
  ON CONFLICT DO NOTHING;
  FOREACH id IN ARRAY ids LOOP
    own := array(SELECT k.key FROM search_keys_of(ARRAY[id]) k);
    UPDATE search_bitmaps b SET bits = set_bit(b.bits, (id % 64000)::integer, (b.key = ANY (own))::integer)
    WHERE b.chunk = id / 64000 AND get_bit(b.bits, (id % 64000)::integer) <> (b.key = ANY (own))::integer;
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE search_bitmaps ALTER COLUMN bits SET STORAGE PLAIN;
