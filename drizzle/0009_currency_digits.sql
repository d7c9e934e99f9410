-- Existing amounts keep their meaning: the digits that Intl of Node 24 has, by which they were entered.
ALTER TABLE "settings" ADD COLUMN "currency_digits" smallint DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ALTER COLUMN "currency_digits" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "settings" ALTER COLUMN "currency_digits" TYPE smallint USING CASE
  WHEN "currency" IN ('AFN', 'ALL', 'BIF', 'CLP', 'COP', 'DJF', 'GNF', 'HUF', 'IDR', 'IQD', 'IRR', 'ISK', 'JPY', 'KMF', 'KPW', 'KRW', 'LAK', 'LBP', 'MGA', 'MMK', 'PKR', 'PYG', 'RWF', 'SLL', 'SOS', 'SYP', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF', 'YER') THEN 0
  WHEN "currency" IN ('BHD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
  ELSE 2 END;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_currency_digits" CHECK ("settings"."currency_digits" between 0 and 4);
