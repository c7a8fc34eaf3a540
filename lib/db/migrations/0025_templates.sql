CREATE TABLE "template_star" (
	"user_id" text NOT NULL,
	"template_id" text NOT NULL,
	CONSTRAINT "template_star_user_id_template_id_pk" PRIMARY KEY("user_id","template_id")
);
--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "made_by" text;--> statement-breakpoint
UPDATE "template" SET "made_by" = "owner_id";--> statement-breakpoint
ALTER TABLE "template" ALTER COLUMN "made_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "is_shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "template_star_template" ON "template_star" USING btree ("template_id");--> statement-breakpoint
ALTER TABLE "template" DROP COLUMN "is_starred";--> statement-breakpoint
ALTER TABLE "template" DROP COLUMN "used_at";