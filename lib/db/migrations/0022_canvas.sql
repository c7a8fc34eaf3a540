CREATE TABLE "canvas" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"trashed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "canvas_element" (
	"canvas_id" text NOT NULL,
	"id" text NOT NULL,
	"version" bigint NOT NULL,
	"node" jsonb,
	"edge" jsonb,
	"chat_id" text,
	CONSTRAINT "canvas_element_canvas_id_id_pk" PRIMARY KEY("canvas_id","id")
);
--> statement-breakpoint
CREATE TABLE "canvas_request" (
	"canvas_id" text NOT NULL,
	"request_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "canvas_request_canvas_id_request_id_pk" PRIMARY KEY("canvas_id","request_id")
);
--> statement-breakpoint
DROP INDEX "generation_queue";--> statement-breakpoint
DROP INDEX "generation_owner_queue";--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "waits_for" text[];--> statement-breakpoint
ALTER TABLE "canvas_element" ADD CONSTRAINT "canvas_element_canvas_id_canvas_id_fk" FOREIGN KEY ("canvas_id") REFERENCES "public"."canvas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canvas_request" ADD CONSTRAINT "canvas_request_canvas_id_canvas_id_fk" FOREIGN KEY ("canvas_id") REFERENCES "public"."canvas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "canvas_newest" ON "canvas" USING btree ("owner_id","changed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at is null;--> statement-breakpoint
CREATE INDEX "canvas_trash" ON "canvas" USING btree ("owner_id","trashed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at is not null;--> statement-breakpoint
CREATE INDEX "canvas_expired" ON "canvas" USING btree ("trashed_at") WHERE trashed_at is not null;--> statement-breakpoint
CREATE INDEX "canvas_element_changed" ON "canvas_element" USING btree ("canvas_id","version");--> statement-breakpoint
CREATE INDEX "canvas_element_chat" ON "canvas_element" USING btree ("chat_id") WHERE chat_id is not null;--> statement-breakpoint
CREATE INDEX "canvas_request_at" ON "canvas_request" USING btree ("at");--> statement-breakpoint
CREATE INDEX "generation_waits" ON "generation" USING gin ("waits_for") WHERE waits_for is not null;--> statement-breakpoint
CREATE INDEX "generation_queue" ON "generation" USING btree ("provider","turn","created_at","id") WHERE state = 'queued' and deleted_at is null and waits_for is null;--> statement-breakpoint
CREATE INDEX "generation_owner_queue" ON "generation" USING btree ("owner_id","provider","turn") WHERE state = 'queued' and deleted_at is null and waits_for is null;--> statement-breakpoint
CREATE FUNCTION canvas_tells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('canvas', NEW.id || ':' || NEW.version);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER canvas_tells AFTER INSERT OR UPDATE OF version ON canvas FOR EACH ROW EXECUTE FUNCTION canvas_tells();
