import { getTableColumns, sql } from 'drizzle-orm'
import { farthestQueuePlace } from '#lib/contract/file-view'
import { type AssetRow } from '../db/asset-schema.ts'
import { type AttemptRow, generation } from '../db/generation-schema.ts'

/** An attempt as it hangs on its generation; times as PostgreSQL writes them into JSON. */
export type GenerationAttempt = Omit<AttemptRow, 'generationId' | 'startedAt' | 'endedAt'> & {
  startedAt: string
  endedAt: string | null
}

/** What came of a generation, as far as its view tells of it. */
export type GenerationAsset = Omit<
  AssetRow,
  'ownerId' | 'kind' | 'generationId' | 'parentId' | 'drawnBytes' | 'createdAt' | 'usedAt'
>

/** What a generation is read as, everywhere: its row, its attempts and its asset. */
export type GenerationRow = typeof generation.$inferSelect & {
  attempts: GenerationAttempt[]
  asset: GenerationAsset | null
  /** 1 is next; null outside of the queue. Computed where it is shown: see `shownColumns`. */
  queuePlace: number | null
}

/** The columns of a `GenerationRow`, for `select` and `returning` alike; the place in the queue is left out. */
export const generationColumns = {
  ...getTableColumns(generation),
  attempts: sql<GenerationAttempt[]>`coalesce((
    select json_agg(json_build_object(
      'idempotencyKey', a.idempotency_key, 'number', a.number, 'provider', a.provider,
      'providerLabel', a.provider_label, 'model', a.model, 'reason', a.reason,
      'consoleUrl', a.console_url, 'outcome', a.outcome, 'providerJobId', a.provider_job_id,
      'priceMicros', a.price_micros, 'costMicros', a.cost_micros, 'errorCode', a.error_code,
      'errorMessage', a.error_message, 'startedAt', a.started_at, 'endedAt', a.ended_at
    ) order by a.number) from attempt a where a.generation_id = "generation"."id"
  ), '[]')`.as('attempts'),
  asset: sql<GenerationAsset | null>`(
    select json_build_object(
      'id', s.id, 'storageKey', s.storage_key, 'contentType', s.content_type, 'sizeBytes', s.size_bytes,
      'sha256', s.sha256, 'width', s.width, 'height', s.height, 'durationSeconds', s.duration_seconds,
      'videoCodec', s.video_codec, 'audioCodec', s.audio_codec, 'hasPoster', s.has_poster,
      'posterName', s.poster_name, 'posterSeconds', s.poster_seconds,
      'filmstripFrames', s.filmstrip_frames
    ) from asset s where s.id = "generation"."asset_id"
  )`.as('asset'),
  queuePlace: sql<number | null>`null::int`.as('queue_place'),
}

/** The same with the place in the queue, for what is shown. A longer queue costs no more than its farthest place. */
export const shownColumns = {
  ...generationColumns,
  queuePlace: sql<
    number | null
  >`case when "generation"."state" = 'queued' and "generation"."waits_for" is null then (
    select count(*)::int + 1 from (
      select 1 from generation q
      where q.provider = "generation"."provider" and q.state = 'queued' and q.deleted_at is null
        and q.waits_for is null and (q.turn, q.created_at, q.id)
          < ("generation"."turn", "generation"."created_at", "generation"."id")
      limit ${sql.raw(String(farthestQueuePlace - 1))}
    ) ahead
  ) end`.as('queue_place'),
}

/** The attempt whose job the generation waits for. */
export function currentAttempt({ attempts, attemptKey }: GenerationRow) {
  return attempts.find((one) => one.idempotencyKey === attemptKey)
}

/** When the provider first said that the current job is done; null while it is not, or nothing is known. */
export function jobDoneAt(row: GenerationRow): Date | null {
  const current = currentAttempt(row)
  return current?.outcome === 'completed' && current.endedAt ? new Date(current.endedAt) : null
}
