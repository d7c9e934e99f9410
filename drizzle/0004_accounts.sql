CREATE TYPE "public"."staff_area" AS ENUM('orders', 'catalogue', 'reviews', 'promotions', 'customers', 'settings', 'staff');--> statement-breakpoint
CREATE TYPE "public"."link_kind" AS ENUM('sign-up', 'password-reset', 'email-change', 'invitation');--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'order-links';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'sign-up';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'password-reset';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'email-change';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'invitation';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'email-changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'password-changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'two-factor-changed';--> statement-breakpoint
ALTER TYPE "public"."mail_kind" ADD VALUE 'account-closed';--> statement-breakpoint
CREATE TABLE "addresses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "addresses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"company" text DEFAULT '' NOT NULL,
	"line1" text NOT NULL,
	"line2" text DEFAULT '' NOT NULL,
	"postcode" text DEFAULT '' NOT NULL,
	"city" text NOT NULL,
	"region" text DEFAULT '' NOT NULL,
	"country" text NOT NULL,
	"phone" text DEFAULT '' NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "addresses_country_code" CHECK ("addresses"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"role" "user_role" NOT NULL,
	"areas" "staff_area"[] DEFAULT '{}' NOT NULL,
	"invited_by_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitations_email_lowercase" CHECK ("invitations"."email" = lower("invitations"."email")),
	CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('staff', 'admin')),
	CONSTRAINT "invitations_areas_are_for_staff" CHECK ("invitations"."role" = 'staff' or "invitations"."areas" = '{}')
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recovery_codes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" bigint NOT NULL,
	"actor_name" text NOT NULL,
	"table_name" text NOT NULL,
	"row_key" text NOT NULL,
	"label" text NOT NULL,
	"action" text NOT NULL,
	"changes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mail_links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "link_kind" NOT NULL,
	"mail_id" bigint NOT NULL,
	"email" text NOT NULL,
	"user_id" bigint,
	"invitation_id" bigint,
	"salt" "bytea" NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_links_token_hash_is_sha256" CHECK (octet_length("mail_links"."token_hash") = 32)
);
--> statement-breakpoint
ALTER TABLE "carts" ALTER COLUMN "session_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "idle_seconds" integer NOT NULL DEFAULT 2592000;--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "idle_seconds" DROP DEFAULT;--> statement-breakpoint
-- Until now only staff could sign in.
UPDATE "sessions" SET "idle_seconds" = 1800 WHERE "user_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email_verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "phone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "areas" "staff_area"[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "totp_secret" "bytea";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "totp_enabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "totp_last_step" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "user_id" bigint;--> statement-breakpoint
-- The cart of somebody who is signed in becomes theirs: of several, the one that was used last.
UPDATE "carts" SET "user_id" = newest."user_id", "session_id" = NULL
FROM (
  SELECT DISTINCT ON (s."user_id") s."user_id", c."id"
  FROM "carts" c JOIN "sessions" s ON s."id" = c."session_id"
  WHERE s."user_id" IS NOT NULL
  ORDER BY s."user_id", c."updated_at" DESC
) newest
WHERE "carts"."id" = newest."id";--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "staff_need_two_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_users_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_links" ADD CONSTRAINT "mail_links_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_links" ADD CONSTRAINT "mail_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_links" ADD CONSTRAINT "mail_links_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "addresses_user" ON "addresses" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "addresses_one_default" ON "addresses" USING btree ("user_id") WHERE "addresses"."is_default";--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_email_key" ON "invitations" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_codes_code_key" ON "recovery_codes" USING btree ("user_id","code_hash");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_row" ON "audit_log" USING btree ("table_name","row_key","id");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_links_mail_key" ON "mail_links" USING btree ("mail_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_links_token_hash_key" ON "mail_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "mail_links_user" ON "mail_links" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "mail_links_invitation" ON "mail_links" USING btree ("invitation_id");--> statement-breakpoint
CREATE INDEX "mail_links_expires_at" ON "mail_links" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_newest" ON "users" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "carts_user_key" ON "carts" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_areas_are_for_staff" CHECK ("users"."role" = 'staff' or "users"."areas" = '{}');--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_totp_has_a_secret" CHECK ("users"."totp_enabled_at" is null or "users"."totp_secret" is not null);--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_one_owner" CHECK (num_nonnulls("carts"."session_id", "carts"."user_id") = 1);