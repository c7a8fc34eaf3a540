CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"total" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "collection" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "collection_item" (
	"collection_id" text NOT NULL,
	"item_id" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "collection_item_collection_id_item_id_pk" PRIMARY KEY("collection_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "library_item" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"media" text NOT NULL,
	"source" text NOT NULL,
	"status" text NOT NULL,
	"door" text,
	"prompt" text DEFAULT '' NOT NULL,
	"model" text,
	"aspect_ratio" text,
	"width" integer,
	"height" integer,
	"duration_seconds" double precision,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"is_starred" boolean DEFAULT false NOT NULL,
	"trashed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"search" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lineage" (
	"child_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"role" text NOT NULL,
	"place" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "lineage_child_id_role_place_pk" PRIMARY KEY("child_id","role","place")
);
--> statement-breakpoint
CREATE TABLE "template" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb NOT NULL,
	"is_starred" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "batch_id" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "batch_row" integer;--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "drawn_bytes" bigint;--> statement-breakpoint
ALTER TABLE "collection_item" ADD CONSTRAINT "collection_item_collection_id_collection_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."collection"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_item" ADD CONSTRAINT "collection_item_item_id_library_item_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."library_item"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_owner" ON "batch" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "collection_owner" ON "collection" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "collection_item_item" ON "collection_item" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "library_item_newest" ON "library_item" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at is null;--> statement-breakpoint
CREATE INDEX "library_item_trash" ON "library_item" USING btree ("owner_id","trashed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at is not null;--> statement-breakpoint
CREATE INDEX "library_item_expired" ON "library_item" USING btree ("trashed_at") WHERE trashed_at is not null;--> statement-breakpoint
CREATE INDEX "library_item_starred" ON "library_item" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_starred and trashed_at is null;--> statement-breakpoint
CREATE INDEX "library_item_words" ON "library_item" USING gin ("search");--> statement-breakpoint
CREATE INDEX "library_item_parts" ON "library_item" USING gin (prompt gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "lineage_parent" ON "lineage" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "template_owner" ON "template" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "generation_batch" ON "generation" USING btree ("batch_id","batch_row") WHERE batch_id is not null;