-- An installation of a day between has some of this already.
DROP TABLE IF EXISTS "telegram_update", "telegram_video";
--> statement-breakpoint
CREATE TABLE "telegram_update" (
	"bot" text NOT NULL,
	"update_id" bigint NOT NULL,
	"chat_id" text NOT NULL,
	"body" jsonb,
	"received_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"handled_at" timestamp (3) with time zone,
	CONSTRAINT "telegram_update_bot_update_id_pk" PRIMARY KEY("bot","update_id")
);
--> statement-breakpoint
CREATE TABLE "telegram_video" (
	"id" text PRIMARY KEY NOT NULL,
	"bot" text NOT NULL,
	"chat_id" text NOT NULL,
	"source" text NOT NULL,
	"prompt" text,
	"image_id" text,
	"from_id" text,
	"model" text,
	"aspect_ratio" text,
	"revision" integer DEFAULT 0 NOT NULL,
	"asked_micros" bigint,
	"message_id" bigint,
	"user_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"generation_id" text,
	"shown_version" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"sent_message_id" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "telegram_video_source" UNIQUE("bot","chat_id","source"),
	CONSTRAINT "telegram_video_generation" UNIQUE("bot","chat_id","generation_id")
);
--> statement-breakpoint
DROP INDEX IF EXISTS "notice_delivery_due";--> statement-breakpoint
DROP INDEX IF EXISTS "notice_delivery_notice";--> statement-breakpoint
CREATE INDEX "telegram_update_due" ON "telegram_update" USING btree ("bot","due_at") WHERE handled_at is null;--> statement-breakpoint
CREATE INDEX "telegram_update_chat" ON "telegram_update" USING btree ("bot","chat_id","received_at");--> statement-breakpoint
CREATE INDEX "telegram_update_received" ON "telegram_update" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "telegram_video_due" ON "telegram_video" USING btree ("bot","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "telegram_video_chat" ON "telegram_video" USING btree ("bot","chat_id","created_at");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "notice_created" ON "notice" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "notice_delivery_once" ON "notice_delivery" USING btree ("notice_id","channel","target");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "notice_delivery_turn" ON "notice_delivery" USING btree ("owner_id","channel","target","due_at") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "notice_delivery_held" ON "notice_delivery" USING btree ("channel","target") WHERE lease_id is not null;