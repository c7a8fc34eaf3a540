CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text DEFAULT 'default' NOT NULL,
	"name" text,
	"start" text,
	"reference_id" text NOT NULL,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" bigint,
	"refill_amount" integer,
	"last_refill_at" timestamp with time zone,
	"enabled" boolean DEFAULT true,
	"rate_limit_enabled" boolean DEFAULT true,
	"rate_limit_time_window" bigint,
	"rate_limit_max" integer,
	"request_count" integer DEFAULT 0,
	"remaining" integer,
	"last_request" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"permissions" text,
	"metadata" text
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"public_key" text NOT NULL,
	"user_id" text NOT NULL,
	"credential_id" text NOT NULL,
	"counter" integer NOT NULL,
	"device_type" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"transports" text,
	"created_at" timestamp with time zone,
	"aaguid" text
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "two_factor" (
	"id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" text NOT NULL,
	"verified" boolean DEFAULT true,
	"failed_verification_count" integer DEFAULT 0,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "adoption" (
	"from_id" text PRIMARY KEY NOT NULL,
	"to_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation_link" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"role" text DEFAULT 'user' NOT NULL,
	"organization_id" text,
	"organization_role" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"used_by" text,
	CONSTRAINT "invitation_link_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "one_time_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"user_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "hold" (
	"generation_id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"user_id" text NOT NULL,
	"key_id" text,
	"source" text NOT NULL,
	"amount_micros" bigint NOT NULL,
	"price_factor" integer DEFAULT 1000000 NOT NULL,
	"model" text NOT NULL,
	"charged_micros" bigint,
	"own_cost_micros" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"uncertain_since" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ledger_account" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text,
	"balance" bigint DEFAULT 0 NOT NULL,
	"may_be_negative" boolean DEFAULT false NOT NULL,
	CONSTRAINT "ledger_account_covered" CHECK ("ledger_account"."may_be_negative" or "ledger_account"."balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "redeem_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"batch_id" text NOT NULL,
	"amount_micros" bigint NOT NULL,
	"note" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"used_by" text
);
--> statement-breakpoint
CREATE TABLE "spending" (
	"scope" text NOT NULL,
	"period" text NOT NULL,
	"micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "spending_scope_period_pk" PRIMARY KEY("scope","period")
);
--> statement-breakpoint
CREATE TABLE "spending_limit" (
	"scope" text PRIMARY KEY NOT NULL,
	"day_micros" bigint,
	"month_micros" bigint,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" text
);
--> statement-breakpoint
CREATE TABLE "top_up" (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"user_id" text NOT NULL,
	"amount_micros" bigint NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"payment_id" text,
	"refunded_micros" bigint DEFAULT 0 NOT NULL,
	"details" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ledger_transfer" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_transfer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"debit" text NOT NULL,
	"credit" text NOT NULL,
	"amount" bigint NOT NULL,
	"owner_id" text,
	"generation_id" text,
	"by_user_id" text,
	"note" text,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "ledger_transfer_key_unique" UNIQUE("key"),
	CONSTRAINT "ledger_transfer_amount" CHECK ("ledger_transfer"."amount" > 0),
	CONSTRAINT "ledger_transfer_legs" CHECK ("ledger_transfer"."debit" <> "ledger_transfer"."credit")
);
--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "started_by" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "price_factor" integer DEFAULT 1000000 NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "held_micros" bigint;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "charged_micros" bigint;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "active_organization_id" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "impersonated_by" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "role" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "banned" boolean DEFAULT false;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "ban_reason" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "ban_expires" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "two_factor_enabled" boolean DEFAULT false;--> statement-breakpoint
ALTER TABLE "chat" ADD COLUMN "answer_for" jsonb;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_debit_ledger_account_id_fk" FOREIGN KEY ("debit") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transfer" ADD CONSTRAINT "ledger_transfer_credit_ledger_account_id_fk" FOREIGN KEY ("credit") REFERENCES "public"."ledger_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_hash" ON "api_key" USING btree ("key");--> statement-breakpoint
CREATE INDEX "api_key_reference" ON "api_key" USING btree ("reference_id");--> statement-breakpoint
CREATE UNIQUE INDEX "member_once" ON "member" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "member_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "passkey_user" ON "passkey" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passkey_credential" ON "passkey" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "two_factor_user" ON "two_factor" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitation_link_created" ON "invitation_link" USING btree ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "invitation_link_organization" ON "invitation_link" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "hold_owner" ON "hold" USING btree ("owner_id","created_at" DESC NULLS FIRST,"generation_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "hold_uncertain" ON "hold" USING btree ("uncertain_since") WHERE uncertain_since is not null;--> statement-breakpoint
CREATE INDEX "ledger_account_owner" ON "ledger_account" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "redeem_code_batch" ON "redeem_code" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "spending_period" ON "spending" USING btree ("period","scope");--> statement-breakpoint
CREATE INDEX "top_up_owner" ON "top_up" USING btree ("owner_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "top_up_payment" ON "top_up" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "ledger_transfer_owner" ON "ledger_transfer" USING btree ("owner_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "ledger_transfer_generation" ON "ledger_transfer" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "user_accounts" ON "user" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE is_anonymous is not true;--> statement-breakpoint
CREATE UNIQUE INDEX "user_one_owner" ON "user" USING btree ("role") WHERE role = 'owner';--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE FUNCTION ledger_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Both accounts, always in the same order: transfers that cross do not wait for one another.
  PERFORM 1 FROM ledger_account WHERE id IN (NEW.debit, NEW.credit) ORDER BY id FOR NO KEY UPDATE;
  UPDATE ledger_account SET balance = balance - NEW.amount WHERE id = NEW.debit;
  UPDATE ledger_account SET balance = balance + NEW.amount WHERE id = NEW.credit;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_transfer_moves AFTER INSERT ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION ledger_move();
--> statement-breakpoint
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE OR DELETE ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
--> statement-breakpoint
CREATE TRIGGER ledger_transfer_is_kept BEFORE TRUNCATE ON ledger_transfer FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
--> statement-breakpoint
CREATE FUNCTION ledger_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.balance <> 0 THEN
    RAISE EXCEPTION 'an account begins at zero' USING ERRCODE = 'restrict_violation';
  END IF;
  -- Within the trigger of a transfer, and nowhere else.
  IF TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR (NEW.balance <> OLD.balance AND pg_trigger_depth() < 2)) THEN
    RAISE EXCEPTION 'balances are moved by transfers' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER ledger_account_guarded BEFORE INSERT OR UPDATE ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_account_guard();
--> statement-breakpoint
CREATE TRIGGER ledger_account_is_kept BEFORE DELETE ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_are_kept BEFORE TRUNCATE ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
--> statement-breakpoint
-- Who takes 'adopt <owner>' alone moves what that owner has; who writes for the owner shares it, and sees the move.
CREATE FUNCTION adopter_of(owner text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  adopter text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('adopt ' || owner, 0));
  SELECT to_id INTO adopter FROM adoption WHERE from_id = owner;
  RETURN coalesce(adopter, owner);
END
$$;
--> statement-breakpoint
CREATE FUNCTION written_for_adopter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.owner_id := adopter_of(NEW.owner_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION chat_written_for_adopter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.user_id := adopter_of(NEW.user_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER generation_adopted BEFORE INSERT ON generation FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER asset_adopted BEFORE INSERT ON asset FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER idempotency_key_adopted BEFORE INSERT ON idempotency_key FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER hold_adopted BEFORE INSERT ON hold FOR EACH ROW EXECUTE FUNCTION written_for_adopter();
--> statement-breakpoint
CREATE TRIGGER chat_adopted BEFORE INSERT ON chat FOR EACH ROW EXECUTE FUNCTION chat_written_for_adopter();
