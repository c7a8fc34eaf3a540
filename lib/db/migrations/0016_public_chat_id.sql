ALTER TABLE "chat" ADD COLUMN "public_id" text;--> statement-breakpoint
-- Chats of before are known by their own id.
UPDATE "chat" SET "public_id" = "id";--> statement-breakpoint
ALTER TABLE "chat" ALTER COLUMN "public_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "chat" ADD CONSTRAINT "chat_user_public_id" UNIQUE("user_id","public_id");
