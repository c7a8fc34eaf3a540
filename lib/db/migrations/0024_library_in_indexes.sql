CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
-- Each index of a list holds what the list is filtered by, so that a page and a sum are found in the index alone: the rows
-- of one owner are all over the table. Drizzle does not know of columns that an index holds beside its keys.
SET LOCAL maintenance_work_mem = '256MB';
--> statement-breakpoint
DROP INDEX "library_item_newest", "library_item_longest", "library_item_largest", "library_item_name";
--> statement-breakpoint
CREATE INDEX "library_item_newest" ON "library_item" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST)
  INCLUDE (media, source, status, door, model, aspect_ratio, is_starred, size_bytes) WHERE trashed_at is null;
--> statement-breakpoint
CREATE INDEX "library_item_longest" ON "library_item" USING btree ("owner_id",coalesce(duration_seconds, -1) desc,"id" DESC NULLS FIRST)
  INCLUDE (media, source, status, door, model, aspect_ratio, is_starred, created_at, duration_seconds) WHERE trashed_at is null;
--> statement-breakpoint
CREATE INDEX "library_item_largest" ON "library_item" USING btree ("owner_id","size_bytes" DESC NULLS FIRST,"id" DESC NULLS FIRST)
  INCLUDE (media, source, status, door, model, aspect_ratio, is_starred, created_at) WHERE trashed_at is null;
--> statement-breakpoint
CREATE INDEX "library_item_name" ON "library_item" USING btree ("owner_id",name collate "C","id")
  INCLUDE (media, source, status, door, model, aspect_ratio, is_starred, created_at) WHERE trashed_at is null;
--> statement-breakpoint
-- A word is looked for among what its owner has, not among all that has it.
DROP INDEX "library_text_owner", "library_text_words", "library_text_parts";
--> statement-breakpoint
CREATE INDEX "library_text_words" ON "library_text" USING gin ("owner_id","search");
--> statement-breakpoint
CREATE INDEX "library_text_parts" ON "library_text" USING gin ("owner_id",parts gin_trgm_ops);
