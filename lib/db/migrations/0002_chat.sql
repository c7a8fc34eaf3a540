CREATE TABLE "chat" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"answer_id" text,
	"answer_attempts" integer DEFAULT 0 NOT NULL,
	"lease_id" text,
	"lease_until" timestamp (3) with time zone,
	"stop_requested_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_message" (
	"chat_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"parts" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"search_text" text NOT NULL,
	CONSTRAINT "chat_message_chat_id_id_pk" PRIMARY KEY("chat_id","id"),
	CONSTRAINT "chat_message_position" UNIQUE("chat_id","position")
);
--> statement-breakpoint
CREATE TABLE "chat_turn" (
	"user_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_video" (
	"chat_id" text NOT NULL,
	"file_id" text NOT NULL,
	"parent_file_id" text,
	"number" integer NOT NULL,
	"message_id" text,
	"call_key" text NOT NULL,
	CONSTRAINT "chat_video_chat_id_file_id_pk" PRIMARY KEY("chat_id","file_id"),
	CONSTRAINT "chat_video_number" UNIQUE("chat_id","number")
);
--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_video" ADD CONSTRAINT "chat_video_chat_id_chat_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."chat"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_user_updated" ON "chat" USING btree ("user_id","updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "chat_turn_user_at" ON "chat_turn" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "chat_video_call_key" ON "chat_video" USING btree ("chat_id","call_key");