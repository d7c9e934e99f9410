-- One key for all spellings of a mailbox: not case-sensitive, without a "+" suffix, and for Gmail without dots. For limits
-- per customer only, never for signing in.
CREATE OR REPLACE FUNCTION customer_key(email text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT coalesce(CASE
    WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(mailbox, '.', '') || '@gmail.com'
    ELSE mailbox || '@' || domain
  END, lower(email))
  FROM (
    SELECT regexp_replace(lower(substring(email FROM '^(.*)@')), '(.)[+].*$', '\1') AS mailbox,
      lower(substring(email FROM '@([^@]*)$')) AS domain
  ) parts
$$;
