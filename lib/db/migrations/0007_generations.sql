-- Asset apart from job, money in micro-dollars, reasons to wait as data, one row a generation.
-- Carries everything over: what was finished plays, what was not goes on.
DROP TRIGGER file_tells ON file;--> statement-breakpoint
DROP FUNCTION file_tells();--> statement-breakpoint
ALTER TABLE file RENAME TO generation;--> statement-breakpoint
ALTER TABLE generation RENAME CONSTRAINT file_pkey TO generation_pkey;--> statement-breakpoint
DROP INDEX file_user_created, file_due, file_queue, file_token, file_same, file_runs;--> statement-breakpoint
ALTER TABLE generation RENAME COLUMN user_id TO owner_id;--> statement-breakpoint
ALTER TABLE generation RENAME COLUMN run_at TO due_at;--> statement-breakpoint
ALTER TABLE generation RENAME COLUMN token TO attempt_key;--> statement-breakpoint
ALTER TABLE generation
  ADD COLUMN kind text DEFAULT 'video' NOT NULL,
  ADD COLUMN origin_door text DEFAULT 'form' NOT NULL,
  ADD COLUMN origin_place jsonb,
  ADD COLUMN settings jsonb,
  ADD COLUMN quoted_micros bigint,
  ADD COLUMN ceiling_micros bigint,
  ADD COLUMN limit_micros bigint,
  ADD COLUMN price_micros bigint,
  ADD COLUMN cost_micros bigint,
  ADD COLUMN turn bigint DEFAULT 0 NOT NULL,
  ADD COLUMN slot_until timestamp (3) with time zone,
  ADD COLUMN wait jsonb,
  ADD COLUMN note text,
  ADD COLUMN expected jsonb,
  ADD COLUMN crashed_since timestamp (3) with time zone,
  ADD COLUMN parked_at timestamp (3) with time zone,
  ADD COLUMN asset_id text;--> statement-breakpoint
CREATE TABLE asset (
	"id" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"kind" text NOT NULL,
	"generation_id" text,
	"parent_id" text,
	"storage_key" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"duration_seconds" double precision,
	"video_codec" text,
	"audio_codec" text,
	"has_poster" boolean DEFAULT false NOT NULL,
	"filmstrip_frames" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL
);--> statement-breakpoint
INSERT INTO asset
  SELECT id, user_id, 'image', NULL, NULL,
    id || '/source.' || CASE content_type WHEN 'image/png' THEN 'png' WHEN 'image/jpeg' THEN 'jpg' ELSE 'webp' END,
    content_type, size_bytes, sha256, width, height, NULL, NULL, NULL, false, NULL, created_at, created_at
  FROM image;--> statement-breakpoint
DROP TABLE image;--> statement-breakpoint
INSERT INTO asset
  SELECT 'asset_' || substr(id, 6), owner_id, 'video', id, NULL, id || '/video.mp4',
    coalesce(content_type, 'video/mp4'), size_bytes, sha256, width, height, duration_seconds, video_codec,
    audio_codec, has_poster, filmstrip_frames, coalesce(finished_at, created_at), coalesce(finished_at, created_at)
  FROM generation WHERE state = 'completed' AND size_bytes IS NOT NULL AND sha256 IS NOT NULL;--> statement-breakpoint
UPDATE generation g SET
  settings = jsonb_build_object(
    'aspectRatio', aspect_ratio, 'resolution', resolution, 'width', width, 'height', height,
    'duration', duration, 'seed', seed, 'isSeedGiven', is_seed_given,
    'negativePrompt', negative_prompt, 'generateAudio', generate_audio, 'inputs', inputs),
  quoted_micros = round(estimated_usd * 1000000),
  ceiling_micros = round(greatest(up_to_usd, estimated_usd) * 1000000),
  limit_micros = round(max_usd * 1000000),
  price_micros = round(coalesce(provider_usd, estimated_usd) * 1000000),
  cost_micros = round(actual_usd * 1000000),
  provider_label = coalesce(nullif(provider_label, ''), provider),
  slot_until = CASE
    WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.token = g.attempt_key AND a.outcome = 'completed') THEN NULL
    WHEN state IN ('submitting', 'waiting') THEN coalesce(deadline_at, now() + interval '30 minutes')
    WHEN state = 'submit_unknown' THEN
      least(coalesce(deadline_at, 'infinity'), coalesce(started_at, created_at) + interval '5 minutes')
  END,
  wait = CASE
    WHEN state IN ('completed', 'failed', 'canceled') OR message IS NULL THEN NULL
    WHEN message = 'Canceling' THEN '{"code": "canceling"}'
    WHEN message = 'Saving' THEN '{"code": "saving"}'
    WHEN message = 'The video cannot be saved yet, trying again' THEN '{"code": "storage_down"}'
    WHEN message LIKE '% has made it; its link does not work yet. Trying again.'
      THEN jsonb_build_object('code', 'link_not_ready', 'providerLabel', coalesce(nullif(provider_label, ''), provider))
    WHEN message = 'The provider has it after all; checking it now.' THEN '{"code": "earlier_job"}'
    WHEN message LIKE '% is switched off here at the moment.'
      THEN jsonb_build_object('code', 'provider_off', 'providerLabel', coalesce(nullif(provider_label, ''), provider))
    WHEN message LIKE '% does not find this video right now. Asking again.'
      THEN jsonb_build_object('code', 'job_not_found', 'providerLabel', coalesce(nullif(provider_label, ''), provider))
    WHEN message LIKE '% does not answer right now. The video goes on there; trying again.'
      THEN jsonb_build_object('code', 'provider_unreachable',
        'providerLabel', coalesce(nullif(provider_label, ''), provider))
    WHEN state = 'queued' THEN coalesce(
      (SELECT jsonb_build_object('code', 'provider_cooldown', 'errorCode', p.error_code, 'says', message)
        FROM provider_pause p WHERE p.provider = g.provider AND p.reason = g.message),
      (SELECT jsonb_build_object('code', 'retry', 'errorCode', a.error_code, 'says', message)
        FROM attempt a WHERE a.file_id = g.id AND a.error_message = g.message ORDER BY a.number DESC LIMIT 1),
      jsonb_build_object('code', 'provider_says', 'says', message))
    ELSE jsonb_build_object('code', 'provider_says', 'says', message)
  END,
  note = CASE WHEN state = 'completed' THEN message END,
  expected = CASE WHEN expected_seconds IS NOT NULL THEN jsonb_build_object(
    'seconds', expected_seconds, 'p90Seconds', expected_p90_seconds, 'runs', coalesce(expected_runs, 0)) END,
  operation = CASE WHEN provider = 'local' AND operation ? 'token'
    THEN operation - 'token' || jsonb_build_object('idempotencyKey', operation -> 'token') ELSE operation END,
  output = CASE WHEN output ->> 'kind' = 'handover' THEN jsonb_set(output, '{kind}', '"fetch"') ELSE output END,
  asset_id = CASE WHEN state = 'completed' AND size_bytes IS NOT NULL AND sha256 IS NOT NULL
    THEN 'asset_' || substr(id, 6) END;--> statement-breakpoint
UPDATE generation g SET turn = place.turn FROM (
  SELECT id, row_number() OVER (PARTITION BY provider, owner_id ORDER BY created_at, id) AS turn
  FROM generation WHERE state = 'queued' AND deleted_at IS NULL
) place WHERE place.id = g.id;--> statement-breakpoint
UPDATE generation g SET origin_door = 'chat',
  origin_place = jsonb_strip_nulls(jsonb_build_object('chatId', v.chat_id, 'messageId', v.message_id,
    'callKey', CASE WHEN v.message_id IS NOT NULL THEN v.call_key END))
FROM chat_video v WHERE v.file_id = g.id;--> statement-breakpoint
ALTER TABLE generation
  ALTER COLUMN settings SET NOT NULL,
  ALTER COLUMN quoted_micros SET NOT NULL,
  ALTER COLUMN ceiling_micros SET NOT NULL,
  ALTER COLUMN price_micros SET NOT NULL,
  ALTER COLUMN provider_label DROP DEFAULT,
  ALTER COLUMN route_reason DROP DEFAULT,
  DROP COLUMN negative_prompt, DROP COLUMN aspect_ratio, DROP COLUMN resolution, DROP COLUMN duration,
  DROP COLUMN seed, DROP COLUMN is_seed_given, DROP COLUMN generate_audio, DROP COLUMN inputs,
  DROP COLUMN queue_place, DROP COLUMN message, DROP COLUMN expected_seconds, DROP COLUMN expected_p90_seconds,
  DROP COLUMN expected_runs, DROP COLUMN size_bytes, DROP COLUMN sha256, DROP COLUMN content_type,
  DROP COLUMN width, DROP COLUMN height, DROP COLUMN duration_seconds, DROP COLUMN video_codec,
  DROP COLUMN audio_codec, DROP COLUMN has_poster, DROP COLUMN filmstrip_frames, DROP COLUMN estimated_usd,
  DROP COLUMN up_to_usd, DROP COLUMN provider_usd, DROP COLUMN max_usd, DROP COLUMN actual_usd;--> statement-breakpoint
CREATE INDEX "generation_owner" ON "generation" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "generation_open" ON "generation" USING btree ("owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE deleted_at is null and state not in ('completed', 'failed', 'canceled');--> statement-breakpoint
CREATE INDEX "generation_due" ON "generation" USING btree ("due_at") WHERE state not in ('completed', 'failed', 'canceled', 'queued') or deleted_at is not null;--> statement-breakpoint
CREATE INDEX "generation_queue" ON "generation" USING btree ("provider","turn","created_at","id") WHERE state = 'queued' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "generation_owner_queue" ON "generation" USING btree ("owner_id","provider","turn") WHERE state = 'queued' and deleted_at is null;--> statement-breakpoint
CREATE INDEX "generation_slots" ON "generation" USING btree ("provider","slot_until") WHERE slot_until is not null;--> statement-breakpoint
CREATE INDEX "generation_parked" ON "generation" USING btree ("parked_at") WHERE parked_at is not null;--> statement-breakpoint
CREATE INDEX "generation_same" ON "generation" USING btree ("owner_id","settings_hash","finished_at" DESC NULLS FIRST) WHERE state = 'completed';--> statement-breakpoint
CREATE INDEX "generation_runs" ON "generation" USING btree ("model","finished_at" DESC NULLS FIRST) WHERE state = 'completed';--> statement-breakpoint
CREATE UNIQUE INDEX "asset_same_upload" ON "asset" USING btree ("owner_id","sha256") WHERE generation_id is null;--> statement-breakpoint
CREATE INDEX "asset_generation" ON "asset" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "asset_unused" ON "asset" USING btree ("used_at") WHERE generation_id is null;--> statement-breakpoint
ALTER TABLE attempt RENAME COLUMN token TO idempotency_key;--> statement-breakpoint
ALTER TABLE attempt RENAME COLUMN file_id TO generation_id;--> statement-breakpoint
ALTER TABLE attempt RENAME COLUMN reference TO provider_job_id;--> statement-breakpoint
ALTER TABLE attempt ADD COLUMN price_micros bigint DEFAULT 0 NOT NULL, ADD COLUMN cost_micros bigint;--> statement-breakpoint
-- The price of an attempt: of the provider that has it now, or of the quote until another stepped in. Of one in
-- between only the most it may come to is known.
UPDATE attempt a SET cost_micros = round(cost_usd * 1000000),
  price_micros = coalesce((SELECT CASE
    WHEN g.provider = a.provider THEN g.price_micros
    WHEN a.reason LIKE '% steps in.' OR a.reason = 'Tried again at your wish.' THEN g.ceiling_micros
    ELSE g.quoted_micros
  END FROM generation g WHERE g.id = a.generation_id), round(cost_usd * 1000000), 0);--> statement-breakpoint
-- What a generation cost is the sum of its attempts, and not known while one of them may have cost money.
UPDATE generation g SET cost_micros = (
  SELECT CASE WHEN count(a.cost_micros) = count(*) THEN sum(a.cost_micros) END
  FROM attempt a WHERE a.generation_id = g.id
) WHERE state IN ('storing', 'completed', 'failed', 'canceled')
  AND EXISTS (SELECT 1 FROM attempt a WHERE a.generation_id = g.id);--> statement-breakpoint
ALTER TABLE attempt DROP COLUMN cost_usd;--> statement-breakpoint
DROP INDEX attempt_provider;--> statement-breakpoint
ALTER INDEX attempt_file RENAME TO attempt_generation;--> statement-breakpoint
CREATE INDEX "attempt_runs" ON "attempt" USING btree ("provider","ended_at" DESC NULLS FIRST) WHERE outcome = 'completed';--> statement-breakpoint
CREATE INDEX "attempt_errors" ON "attempt" USING btree ("provider","ended_at" DESC NULLS FIRST) WHERE error_code is not null;--> statement-breakpoint
CREATE TABLE "provider_day" (
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"completed" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"canceled" integer DEFAULT 0 NOT NULL,
	"fell_back" integer DEFAULT 0 NOT NULL,
	"took_ms" bigint DEFAULT 0 NOT NULL,
	"spent_micros" bigint DEFAULT 0 NOT NULL,
	"saved_micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "provider_day_provider_day_pk" PRIMARY KEY("provider","day")
);--> statement-breakpoint
INSERT INTO provider_day
  SELECT a.provider, (coalesce(a.ended_at, a.started_at) AT TIME ZONE 'UTC')::date, count(*),
    count(*) FILTER (WHERE outcome = 'completed'), count(*) FILTER (WHERE outcome = 'failed'),
    count(*) FILTER (WHERE outcome = 'refused'), count(*) FILTER (WHERE outcome = 'unknown'),
    count(*) FILTER (WHERE outcome = 'canceled'),
    count(*) FILTER (WHERE outcome = 'refused' AND EXISTS (SELECT 1 FROM attempt later
      WHERE later.generation_id = a.generation_id AND later.number > a.number AND later.provider <> a.provider)),
    coalesce(sum(round(extract(epoch FROM ended_at - a.started_at) * 1000)) FILTER (WHERE outcome = 'completed'), 0),
    coalesce(sum(a.cost_micros), 0),
    coalesce(sum(greatest(g.ceiling_micros - a.cost_micros, 0)) FILTER (WHERE g.id IS NOT NULL), 0)
  FROM attempt a LEFT JOIN generation g ON g.attempt_key = a.idempotency_key AND g.state = 'completed'
  GROUP BY 1, 2;--> statement-breakpoint
CREATE TABLE "generation_event" (
	"generation_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"provider" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generation_event_generation_id_version_pk" PRIMARY KEY("generation_id","version")
);--> statement-breakpoint
INSERT INTO generation_event
  SELECT e.file_id, e.version, e.state, g.provider, e.at FROM (
    SELECT *, lag(state) OVER (PARTITION BY file_id ORDER BY version) AS before FROM file_event
  ) e JOIN generation g ON g.id = e.file_id WHERE e.before IS DISTINCT FROM e.state;--> statement-breakpoint
DROP TABLE file_event;--> statement-breakpoint
ALTER TABLE generation_event ADD CONSTRAINT "generation_event_generation_id_generation_id_fk"
  FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE webhook_delivery RENAME COLUMN token TO idempotency_key;--> statement-breakpoint
ALTER TABLE webhook_delivery RENAME COLUMN reference TO provider_job_id;--> statement-breakpoint
ALTER INDEX webhook_delivery_token RENAME TO webhook_delivery_key;--> statement-breakpoint
ALTER TABLE provider_pause RENAME TO provider_cooldown;--> statement-breakpoint
ALTER TABLE provider_cooldown RENAME CONSTRAINT provider_pause_pkey TO provider_cooldown_pkey;--> statement-breakpoint
ALTER TABLE idempotency_key RENAME COLUMN user_id TO owner_id;--> statement-breakpoint
ALTER TABLE idempotency_key RENAME COLUMN file_id TO generation_id;--> statement-breakpoint
ALTER TABLE idempotency_key RENAME CONSTRAINT idempotency_key_user_id_key_pk TO idempotency_key_owner_id_key_pk;--> statement-breakpoint
DROP INDEX chat_user_updated;--> statement-breakpoint
CREATE INDEX "chat_user_updated" ON "chat" USING btree ("user_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
-- Row, version and NOTIFY in one transaction, whatever changes the row; an event where the state moves.
-- The payload is the id and the version: a hint to read the row, never the news itself.
CREATE FUNCTION generation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'generation %: version must grow by one, not from % to %', NEW.id, OLD.version, NEW.version;
  END IF;
  IF TG_OP = 'INSERT' OR NEW.state <> OLD.state THEN
    INSERT INTO generation_event (generation_id, version, state, provider)
      VALUES (NEW.id, NEW.version, NEW.state, NEW.provider);
  END IF;
  PERFORM pg_notify('generation', NEW.id || ':' || NEW.version);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER generation_changed AFTER INSERT OR UPDATE OF version ON generation
  FOR EACH ROW EXECUTE FUNCTION generation_changed();
