CREATE TABLE "attempt" (
	"token" text PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"number" integer NOT NULL,
	"provider" text NOT NULL,
	"provider_label" text NOT NULL,
	"model" text NOT NULL,
	"reason" text NOT NULL,
	"console_url" text,
	"outcome" text DEFAULT 'submitting' NOT NULL,
	"reference" text,
	"cost_usd" double precision,
	"error_code" text,
	"error_message" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "image" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"content_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider_pause" (
	"provider" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"error_code" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"provider" text NOT NULL,
	"delivery_id" text NOT NULL,
	"token" text NOT NULL,
	"reference" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_delivery_provider_delivery_id_pk" PRIMARY KEY("provider","delivery_id")
);
--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_seed_given" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "inputs" jsonb;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "settings_hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "provider_label" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "route_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "expected_p90_seconds" double precision;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "deadline_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_delayed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "up_to_usd" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "max_usd" double precision;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "is_cost_reported" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_file" ON "attempt" USING btree ("file_id","number");--> statement-breakpoint
CREATE INDEX "attempt_provider" ON "attempt" USING btree ("provider","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "image_same" ON "image" USING btree ("user_id","sha256");--> statement-breakpoint
CREATE INDEX "webhook_delivery_token" ON "webhook_delivery" USING btree ("token");--> statement-breakpoint
CREATE INDEX "webhook_delivery_received" ON "webhook_delivery" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "file_token" ON "file" USING btree ("token");--> statement-breakpoint
CREATE INDEX "file_same" ON "file" USING btree ("user_id","settings_hash","finished_at" DESC NULLS LAST);