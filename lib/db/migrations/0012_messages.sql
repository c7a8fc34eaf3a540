ALTER TABLE "generation"
  ALTER COLUMN "route_reason" TYPE jsonb USING to_jsonb("route_reason"),
  ALTER COLUMN "note" TYPE jsonb USING to_jsonb("note"),
  ALTER COLUMN "error_message" TYPE jsonb USING to_jsonb("error_message");--> statement-breakpoint
ALTER TABLE "attempt"
  ALTER COLUMN "reason" TYPE jsonb USING to_jsonb("reason"),
  ALTER COLUMN "error_message" TYPE jsonb USING to_jsonb("error_message");--> statement-breakpoint
ALTER TABLE "provider_cooldown" ALTER COLUMN "reason" TYPE jsonb USING to_jsonb("reason");
