import { sql } from 'drizzle-orm'
import { database, inTransaction } from '#lib/db/client'

// Fills the tables as years of use would, in a few statements: rows as the product writes them, without its triggers.

export interface Filling {
  /** Rows in all, and of those the rows of the one owner who is measured. */
  rows: number
  ownerId: string
  ofOwner: number
  /** How many of them still wait in the queue of the local renderer, for fifty other owners. */
  queued: number
}

/** Inserts completed generations with attempt and asset, and a queue of others; answers when they can be measured. */
export async function fillGenerations({ rows, ownerId, ofOwner, queued }: Filling) {
  await inTransaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`)
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`
      create temporary table filling on commit drop as
      select n, 'file_' || lpad(to_hex(n), 24, '0') as id, 'fill_' || n as key,
        case when n <= ${ofOwner} then ${ownerId} else 'owner_' || n % 1000 end as owner_id,
        (array['local-preview', 'veo-3.1-fast', 'kling-2.6'])[1 + n % 3] as model,
        (array['local', 'kie', 'vertex'])[1 + n % 3] as provider,
        now() - n * interval '1 second' as at,
        n > ${rows - queued} as is_queued, n % 97 = 0 as is_failed
      from generate_series(1, ${rows}) n`)
    await tx.execute(sql`
      insert into generation (id, owner_id, version, state, prompt, model, model_label, is_demo, settings,
        settings_hash, quoted_micros, ceiling_micros, price_micros, cost_micros, provider, provider_label,
        route_reason, is_cancelable, attempt_key, turn, due_at, asset_id, error_code, created_at, started_at,
        finished_at)
      select id, case when is_queued then 'owner_' || n % 50 else owner_id end, 5,
        case when is_queued then 'queued' when is_failed then 'failed' else 'completed' end,
        'A lighthouse in a storm, slow pan, number ' || n, model, model, false,
        '{"aspectRatio": "16:9", "resolution": "720p", "width": 1280, "height": 720, "duration": 5, "seed": 7,
          "isSeedGiven": false, "negativePrompt": null, "generateAudio": true, "inputs": null}',
        md5(n::text), 400000, 1200000, 400000, 400000,
        case when is_queued then 'local' else provider end, provider, 'The cheapest.', true, key,
        case when is_queued then n / 50 else 0 end, at,
        case when is_queued or is_failed then null else 'asset_' || n end,
        case when is_failed then 'generation_failed' end, at, at + interval '1 second',
        case when not is_queued then at + interval '41 seconds' end
      from filling`)
    await tx.execute(sql`
      insert into attempt (idempotency_key, generation_id, number, provider, provider_label, model, reason,
        outcome, price_micros, cost_micros, error_code, error_message, started_at, ended_at)
      select key, id, 1, provider, provider, model, 'The cheapest.',
        case when is_failed then 'failed' else 'completed' end, 400000, 400000,
        case when is_failed then 'generation_failed' end, case when is_failed then 'It failed.' end,
        at + interval '1 second', at + interval '41 seconds'
      from filling where not is_queued`)
    await tx.execute(sql`
      insert into asset (id, owner_id, kind, generation_id, storage_key, content_type, size_bytes, sha256, width,
        height, duration_seconds, video_codec, has_poster, created_at, used_at)
      select 'asset_' || n, owner_id, 'video', id, id || '/video.mp4', 'video/mp4', 2000000, md5(n::text), 1280,
        720, 5, 'avc', true, at, at
      from filling where not is_queued and not is_failed`)
    await tx.execute(sql`
      insert into provider_day (provider, day, attempts, completed, failed, took_ms, spent_micros)
      select provider, at::date, count(*), count(*) filter (where not is_failed),
        count(*) filter (where is_failed), 40000 * count(*), 400000 * count(*)
      from filling where not is_queued group by 1, 2
      on conflict do nothing`)
  })
  await database().execute(sql`set statement_timeout = 0`)
  await database().execute(sql`analyze generation, attempt, asset, provider_day`)
}
