DROP INDEX "generation_due";--> statement-breakpoint
CREATE INDEX "generation_due" ON "generation" USING btree ("due_at") WHERE state not in ('completed', 'failed', 'canceled', 'queued') or deleted_at is not null
          or waits_for is not null;