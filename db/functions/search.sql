-- What search reads: a document per active product, its words, and words with a letter left out. Text is compared
-- without case and accents. Documents are written in the transaction of the product; words by a job.
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_fold(value text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN octet_length(value) = length(value) THEN lower(value)
    ELSE lower(unaccent('unaccent', normalize(value, NFKC))) END
$$;
--> statement-breakpoint
-- The words of a text in order. Punctuation separates words, except before a final "s" (men's). Scripts without spaces
-- are cut into pairs of characters. The separators are listed, because character classes depend on the locale.
CREATE OR REPLACE FUNCTION search_tokens(value text) RETURNS SETOF text STABLE PARALLEL SAFE ROWS 10 LANGUAGE sql AS $$
  SELECT piece.token
  FROM regexp_split_to_table(
    regexp_replace(search_fold(value), '[''’‘ʼ](s)(?![a-z0-9])', '\1', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u2bff\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff]+'
  ) WITH ORDINALITY AS part(word, place)
  CROSS JOIN LATERAL (
    SELECT left(word, 40) AS token, 1 AS step WHERE word !~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]'
    UNION ALL
    SELECT substr(word, step, 2), step FROM generate_series(1, greatest(1, least(length(word), 200) - 1)) AS step
    WHERE word ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]'
  ) piece
  WHERE word <> ''
  ORDER BY place, piece.step
$$;
--> statement-breakpoint
-- The stemmer of the store's language; none for languages that PostgreSQL has none for.
CREATE OR REPLACE FUNCTION search_stemmer() RETURNS regdictionary STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce((
    SELECT d.oid FROM settings s, pg_ts_dict d
    WHERE d.dictnamespace = 'pg_catalog'::regnamespace AND d.dictname = (
      '{"ar":"arabic","ca":"catalan","da":"danish","de":"german","el":"greek","en":"english","es":"spanish","et":"estonian",
        "eu":"basque","fi":"finnish","fr":"french","ga":"irish","hi":"hindi","hu":"hungarian","hy":"armenian",
        "id":"indonesian","it":"italian","lt":"lithuanian","nb":"norwegian","ne":"nepali","nl":"dutch","nn":"norwegian",
        "no":"norwegian","pt":"portuguese","ro":"romanian","ru":"russian","sr":"serbian","sv":"swedish","ta":"tamil",
        "tr":"turkish","yi":"yiddish"}'::jsonb ->> split_part(s.locale, '-', 1)) || '_stem'
  ), 'pg_catalog.simple'::regdictionary::oid)::regdictionary
$$;
--> statement-breakpoint
-- A word as documents hold it. Stop words remain, so that a title of stop words is found.
CREATE OR REPLACE FUNCTION search_lexeme(stemmer regdictionary, token text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce((ts_lexize(stemmer, token))[1], token)
$$;
--> statement-breakpoint
-- The words of a text with this weight. A hyphenated word is found in one piece too (t-shirt, tshirt), and a number with
-- a unit in two (5kg, 5 kg).
CREATE OR REPLACE FUNCTION search_vector(stemmer regdictionary, value text, weight text) RETURNS tsvector
STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(string_agg(format('''%s'':%s%s', search_lexeme(stemmer, token), least(place, 16383), weight), ' '), '')::tsvector
  FROM search_tokens(value || coalesce(
    (SELECT ' ' || string_agg(translate(match[1], '-', ''), ' ') FROM regexp_matches(value, '(\w+(?:-\w+)+)', 'g') AS match), ''
  ) || coalesce(
    (SELECT ' ' || string_agg(match[1] || ' ' || match[2], ' ') FROM regexp_matches(value, '(?:^|[^\w])(\d+)([a-z]{1,3})(?!\w)', 'gi') AS match), ''
  )) WITH ORDINALITY AS t(token, place)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_title(value text) RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT left(coalesce(string_agg(token, ' '), ''), 250) FROM search_tokens(value) AS token
$$;
--> statement-breakpoint
-- The id of a filter value. Names and values of options are compared without case.
CREATE OR REPLACE FUNCTION search_facet(kind text, name text, value text) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT hashtextextended(concat_ws(chr(31), kind,
    CASE WHEN kind = 'option' THEN lower(name) END, CASE WHEN kind = 'option' THEN lower(value) ELSE value END), 0)
$$;
--> statement-breakpoint
-- The values that these products are filtered by: the rating is each whole number of stars that the average reaches;
-- options are those of variants that can be bought.
CREATE OR REPLACE FUNCTION search_facets_of(ids bigint[])
RETURNS TABLE (product_id bigint, kind text, name text, value text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT p.id, own.*
  FROM products p
  CROSS JOIN LATERAL (
    SELECT 'vendor', '', p.vendor
    UNION ALL SELECT 'type', '', p.type
    UNION ALL SELECT 'tag', '', tag FROM unnest(p.tags) AS tag
    UNION ALL SELECT 'rating', '', n::text
    FROM product_ratings r CROSS JOIN LATERAL generate_series(1, least(4, r.sum / nullif(r.count, 0))) AS n
    WHERE r.product_id = p.id
    UNION ALL SELECT 'option', option_name, option_value
    FROM variants v CROSS JOIN LATERAL unnest(p.option_names, v.option_values) AS o(option_name, option_value)
    WHERE v.product_id = p.id AND v.price IS NOT NULL AND (NOT v.track_stock OR v.allow_backorder OR v.stock > 0)
  ) own(kind, name, value)
  WHERE p.id = ANY (ids) AND own.value <> ''
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_plain_text(html text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT left(regexp_replace(html, '<[^>]*>|&[a-z0-9#]+;', ' ', 'gi'), 5000)
$$;
--> statement-breakpoint
-- The documents of these products as they should be. Active products with a publish date have one.
CREATE OR REPLACE FUNCTION search_documents_of(ids bigint[])
RETURNS TABLE (product_id bigint, published_at timestamptz, title text, is_available boolean, sales integer,
  price_min bigint, price_max bigint, facets bigint[], title_words tsvector, words tsvector)
STABLE LANGUAGE sql AS $$
  SELECT p.id, p.published_at, search_title(p.title), v.is_available,
    coalesce((SELECT units FROM product_sales s WHERE s.product_id = p.id), 0), p.price_min, p.price_max,
    coalesce((SELECT array_agg(DISTINCT search_facet(kind, name, value)) FROM search_facets_of(ARRAY[p.id])), '{}'),
    strip(title.words),
    title.words
      || search_vector(stemmer, p.vendor || ' ' || p.type, 'B')
      || search_vector(stemmer, array_to_string(p.tags, ' ') || ' ' || v.options, 'C')
      || search_vector('simple', v.codes, 'C')
      || search_vector(stemmer, search_plain_text(p.description), 'D')
  FROM (SELECT search_stemmer() AS stemmer OFFSET 0) s
  CROSS JOIN products p
  CROSS JOIN LATERAL (SELECT search_vector(stemmer, p.title, 'A') AS words OFFSET 0) title
  CROSS JOIN LATERAL (
    SELECT bool_or(price IS NOT NULL AND (NOT track_stock OR allow_backorder OR stock > 0)) AS is_available,
      coalesce((SELECT string_agg(DISTINCT value, ' ') FROM variants w, unnest(w.option_values) AS value
        WHERE w.product_id = p.id), '') AS options,
      concat_ws(' ', string_agg(DISTINCT nullif(sku, ''), ' '), string_agg(DISTINCT nullif(barcode, ''), ' ')) AS codes
    FROM variants WHERE variants.product_id = p.id
  ) v
  WHERE p.id = ANY (ids) AND p.status = 'active' AND p.published_at IS NOT NULL AND v.is_available IS NOT NULL
$$;
--> statement-breakpoint
-- Writes the documents of these products, and deletes those of products that are not active any more. A document is
-- locked before its product is read, so that the last of two concurrent changes sees both. Locked in product order.
CREATE OR REPLACE FUNCTION refresh_search_documents(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(ids) > 0 THEN
    PERFORM FROM search_documents d WHERE d.product_id = ANY (ids) ORDER BY d.product_id FOR UPDATE;
    WITH fresh AS MATERIALIZED (
      SELECT * FROM search_documents_of(ids)
    ), gone AS (
      DELETE FROM search_documents d WHERE d.product_id = ANY (ids)
        AND NOT EXISTS (SELECT FROM fresh WHERE fresh.product_id = d.product_id)
      RETURNING product_id
    ), former AS (
      SELECT d.product_id FROM search_documents d WHERE d.product_id = ANY (ids)
    ), written AS (
      INSERT INTO search_documents AS d (product_id, published_at, title, is_available, sales, price_min, price_max,
        facets, title_words, words)
      SELECT * FROM fresh ORDER BY product_id
      ON CONFLICT (product_id) DO UPDATE SET published_at = excluded.published_at, title = excluded.title,
        is_available = excluded.is_available, sales = excluded.sales, price_min = excluded.price_min,
        price_max = excluded.price_max, facets = excluded.facets, title_words = excluded.title_words, words = excluded.words
      WHERE d.* IS DISTINCT FROM excluded.*
      RETURNING product_id
    )
    INSERT INTO search_queue (product_id, is_new, is_stale)
    SELECT product_id, f.product_id IS NULL, false FROM written LEFT JOIN former f USING (product_id)
    UNION ALL SELECT product_id, false, false FROM gone;
  END IF;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(id)) FROM (
    SELECT id, status, published_at, title, vendor, type, tags, description, option_names FROM new_rows
    EXCEPT
    SELECT id, status, published_at, title, vendor, type, tags, description, option_names FROM old_rows
  ) changed;
  -- Prices follow every change of variants, and need no words.
  PERFORM FROM search_documents d JOIN new_rows n ON n.id = d.product_id
  WHERE (d.price_min, d.price_max) IS DISTINCT FROM (n.price_min, n.price_max) ORDER BY d.product_id FOR UPDATE OF d;
  UPDATE search_documents d SET price_min = n.price_min, price_max = n.price_max FROM new_rows n
  WHERE n.id = d.product_id AND (d.price_min, d.price_max) IS DISTINCT FROM (n.price_min, n.price_max);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- The document is deleted with its product; bitmaps follow by the job.
CREATE OR REPLACE FUNCTION search_product_deletions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, false FROM moved_rows ORDER BY id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_variant_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(DISTINCT product_id)) FROM moved_rows;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A sale changes a document only when it takes the last unit of a variant.
CREATE OR REPLACE FUNCTION search_variant_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(array_agg(DISTINCT product_id)) FROM (
    SELECT id, product_id, option_values, sku, barcode, price IS NULL, track_stock AND NOT allow_backorder AND stock <= 0
    FROM new_rows
    EXCEPT
    SELECT id, product_id, option_values, sku, barcode, price IS NULL, track_stock AND NOT allow_backorder AND stock <= 0
    FROM old_rows
  ) changed;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Best sellers come first among equals.
CREATE OR REPLACE FUNCTION search_sales_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM search_documents d WHERE d.product_id IN (SELECT product_id FROM moved_rows) ORDER BY d.product_id FOR UPDATE;
  UPDATE search_documents d SET sales = coalesce((SELECT units FROM product_sales s WHERE s.product_id = d.product_id), 0)
  WHERE d.product_id IN (SELECT product_id FROM moved_rows);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- A document changes when the average reaches another whole number of stars.
CREATE OR REPLACE FUNCTION search_rating_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refresh_search_documents(ARRAY[NEW.product_id]);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Another language has another stemmer. A job writes the documents anew.
CREATE OR REPLACE FUNCTION search_language_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, true FROM products ORDER BY id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- How many published products have these words, counted up to a limit. Through the index: for the first matches, the
-- planner would read the table row by row, even for words that no product has.
CREATE OR REPLACE FUNCTION search_count(query tsquery, most integer) RETURNS integer
STABLE LANGUAGE sql SET enable_seqscan = off AS $$
  SELECT count(*)::integer FROM (
    SELECT FROM search_documents WHERE words @@ query AND published_at <= now() LIMIT most
  ) matches
$$;
--> statement-breakpoint
-- A word with each letter left out in turn; words of four to thirty letters.
CREATE OR REPLACE FUNCTION search_deletions_of(word text) RETURNS SETOF text IMMUTABLE PARALLEL SAFE ROWS 8 LANGUAGE sql AS $$
  SELECT DISTINCT left(word, place - 1) || substr(word, place + 1) FROM generate_series(1, length(word)) AS place
  WHERE length(word) BETWEEN 4 AND 30
$$;
--> statement-breakpoint
-- The words of a product that shoppers may type with errors: those of the title, vendor, type, tags, options and
-- description, without numbers and stop words.
CREATE OR REPLACE FUNCTION search_words_of(ids bigint[]) RETURNS TABLE (product_id bigint, word text, lexeme text)
STABLE LANGUAGE sql AS $$
  SELECT DISTINCT p.id, token, search_lexeme(stemmer, token)
  FROM (SELECT search_stemmer() AS stemmer OFFSET 0) s
  CROSS JOIN products p
  CROSS JOIN LATERAL search_tokens(concat_ws(' ', p.title, p.vendor, p.type, array_to_string(p.tags, ' '),
    (SELECT string_agg(DISTINCT value, ' ') FROM variants v, unnest(v.option_values) AS value WHERE v.product_id = p.id),
    search_plain_text(p.description))) AS token
  WHERE p.id = ANY (ids) AND length(token) BETWEEN 3 AND 30 AND token !~ '[0-9]'
    AND ts_lexize(stemmer, token) IS DISTINCT FROM '{}'
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_search AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_product_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_search_deleted AFTER DELETE ON products
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_product_deletions();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_inserted AFTER INSERT ON variants
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_deleted AFTER DELETE ON variants
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_set();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER variants_search_changed AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_variant_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_inserted AFTER INSERT ON product_sales
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_changed AFTER UPDATE ON product_sales
  REFERENCING NEW TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_sales_search_deleted AFTER DELETE ON product_sales
  REFERENCING OLD TABLE AS moved_rows FOR EACH STATEMENT EXECUTE FUNCTION search_sales_changes();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER product_ratings_search AFTER UPDATE ON product_ratings
  FOR EACH ROW WHEN (old.sum / nullif(old.count, 0) IS DISTINCT FROM new.sum / nullif(new.count, 0))
  EXECUTE FUNCTION search_rating_change();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER settings_search AFTER UPDATE OF locale ON settings
  FOR EACH ROW WHEN (old.locale IS DISTINCT FROM new.locale) EXECUTE FUNCTION search_language_change();
--> statement-breakpoint
-- Words are read one product at a time, everything else of many products at once.
ALTER TABLE search_documents SET (toast_tuple_target = 512), ALTER COLUMN words SET STORAGE EXTERNAL,
  ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN facets SET STORAGE MAIN, ALTER COLUMN title_words SET STORAGE MAIN;
--> statement-breakpoint
-- Products from before this file, or from before a change of it.
INSERT INTO search_queue (product_id, is_new, is_stale) SELECT id, false, true FROM products ORDER BY id;
