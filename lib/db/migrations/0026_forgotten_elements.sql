ALTER TABLE "canvas" ADD COLUMN "forgotten_version" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "canvas_element" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "canvas_element_removed" ON "canvas_element" USING btree ("removed_at") WHERE removed_at is not null;--> statement-breakpoint
-- Since when these are removed was not kept: the 30 days begin now.
UPDATE "canvas_element" SET "removed_at" = now() WHERE "node" IS NULL AND "edge" IS NULL;
