CREATE TABLE "notice" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"owner_id" text NOT NULL,
	"user_id" text NOT NULL,
	"generation_id" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"spread_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "notice_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "notice_delivery" (
	"id" text PRIMARY KEY NOT NULL,
	"notice_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"lease_id" text,
	"lease_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"answers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_setting" (
	"user_id" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"locale" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_subscription" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "push_subscription_endpoint_unique" UNIQUE("endpoint")
);
--> statement-breakpoint
CREATE TABLE "telegram_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "telegram_link" (
	"bot" text NOT NULL,
	"telegram_id" text NOT NULL,
	"user_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"username" text,
	"locale" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"blocked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "telegram_link_bot_telegram_id_pk" PRIMARY KEY("bot","telegram_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"created_by" text NOT NULL,
	"url" text NOT NULL,
	"kinds" jsonb NOT NULL,
	"is_on" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_secret" (
	"owner_id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "share_link" (
	"token" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"created_by" text NOT NULL,
	"generation_id" text NOT NULL,
	"asset_id" text NOT NULL,
	"with_prompt" boolean DEFAULT false NOT NULL,
	"may_download" boolean DEFAULT false NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "callback_url" text;--> statement-breakpoint
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_due" ON "notice" USING btree ("created_at") WHERE spread_at is null;--> statement-breakpoint
CREATE INDEX "notice_user" ON "notice" USING btree ("user_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notice_unseen" ON "notice" USING btree ("user_id") WHERE seen_at is null;--> statement-breakpoint
CREATE INDEX "notice_delivery_due" ON "notice_delivery" USING btree ("due_at") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "notice_delivery_notice" ON "notice_delivery" USING btree ("notice_id");--> statement-breakpoint
CREATE INDEX "notice_delivery_owner" ON "notice_delivery" USING btree ("owner_id","channel","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "push_subscription_user" ON "push_subscription" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "telegram_link_user" ON "telegram_link" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "webhook_endpoint_owner" ON "webhook_endpoint" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "share_link_generation" ON "share_link" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "share_link_owner" ON "share_link" USING btree ("owner_id");--> statement-breakpoint
CREATE FUNCTION told_for_adopter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.owner_id := adopter_of(NEW.owner_id);
  NEW.user_id := adopter_of(NEW.user_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION subscribed_for_adopter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.user_id := adopter_of(NEW.user_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER notice_adopted BEFORE INSERT ON notice FOR EACH ROW EXECUTE FUNCTION told_for_adopter();
--> statement-breakpoint
CREATE TRIGGER notice_delivery_adopted BEFORE INSERT ON notice_delivery FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER push_subscription_adopted BEFORE INSERT ON push_subscription FOR EACH ROW EXECUTE FUNCTION subscribed_for_adopter();
--> statement-breakpoint
CREATE TRIGGER share_link_adopted BEFORE INSERT ON share_link FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
