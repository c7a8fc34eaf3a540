ALTER TABLE "asset" ADD COLUMN "poster_name" text;--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "poster_seconds" double precision;