-- Issued invoices and credit notes never change, and the numbers of a series only count up by one.
CREATE OR REPLACE FUNCTION invoices_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'invoices are append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION invoice_numbers_have_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW.series <> OLD.series OR NEW.last <> OLD.last + 1 THEN
    RAISE EXCEPTION 'invoice numbers only count up by one' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER invoices_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices
  FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_append_only();
--> statement-breakpoint
CREATE OR REPLACE TRIGGER invoice_counters_count_up BEFORE UPDATE OR DELETE ON invoice_counters
  FOR EACH ROW EXECUTE FUNCTION invoice_numbers_have_no_gap();
