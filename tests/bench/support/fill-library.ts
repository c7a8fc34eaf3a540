import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { database, inTransaction } from '#lib/db/client'
import { newId } from '#lib/ids'

interface Filling {
  rows: number
  ownerId: string
  ofOwner: number
  /** The number of the first of them: no two have the same. Default 1. */
  first?: number
}

/** Inserts generations with their assets and items as the product writes them, those of one owner among all others. */
export async function fillLibrary({ rows, ownerId, ofOwner, first = 1 }: Filling) {
  const every = Math.round(rows / ofOwner)
  await inTransaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`)
    // Its triggers would do this row by row.
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`
      create temporary table filling on commit drop as
      select n, 'file_' || lpad(to_hex(n), 24, '0') as id,
        case when n % ${every} = 0 then ${ownerId} else 'owner_' || n % 300 end as owner_id,
        (array['local-preview', 'veo-3.1-fast', 'kling-2.6'])[1 + n % 3] as model,
        (array['9:16', '16:9', '1:1'])[1 + n / 7 % 3] as ratio,
        now() - n * interval '1 second' as at, n % 97 = 0 as is_failed,
        case n / ${every} % 40
          when 0 then 'Two red foxes run through fresh snow, soft morning light, take ' || n
          when 1 then 'Рыжая лиса бежит по свежему снегу, мягкий утренний свет, дубль ' || n
          when 2 then 'Маяк в шторм, волны бьются о скалы, камера плывёт, дубль ' || n
          when 3 then 'A lighthouse in a storm, waves breaking over the rocks, slow pan at dusk, take ' || n
          else (array['A cup of coffee by a rainy window', 'Город ночью с высоты, неон и дождь',
            'A dancer in an empty hall, one spotlight', 'Поле подсолнухов на рассвете'])[1 + n / ${every} % 4]
            || ', 35mm, ' || md5(n::text)
        end || case when n % ${every} = 1 then ', a zeppelin above' else '' end as prompt
      from generate_series(${first}::int, ${first + rows - 1}::int) n`)
    await tx.execute(sql`
      insert into generation (id, owner_id, version, state, prompt, model, model_label, is_demo, settings,
        quoted_micros, ceiling_micros, price_micros, provider, provider_label, route_reason, is_cancelable, due_at,
        asset_id, error_code, created_at, started_at, finished_at)
      select id, owner_id, 5, case when is_failed then 'failed' else 'completed' end, prompt, model, model, false,
        json_build_object('aspectRatio', ratio, 'resolution', '720p', 'width', 1280, 'height', 720, 'duration', 5,
          'seed', 7, 'isSeedGiven', false, 'negativePrompt', null, 'generateAudio', true, 'inputs', null),
        400000, 1200000, 400000, 'kie', 'Kie.ai', '"The cheapest."', true, at,
        case when not is_failed then 'asset_' || n end,
        case when is_failed then 'generation_failed' end, at, at, at + interval '41 seconds'
      from filling`)
    await tx.execute(sql`
      insert into asset (id, owner_id, kind, generation_id, storage_key, content_type, size_bytes, drawn_bytes, sha256,
        width, height, duration_seconds, video_codec, has_poster, filmstrip_frames, created_at, used_at)
      select 'asset_' || n, owner_id, 'video', id, id || '/video.mp4', 'video/mp4', 2000000 + n, 50000, md5(n::text),
        1280, 720, 5 + n % 10, 'avc', true, 8, at, at
      from filling where not is_failed`)
    await tx.execute(sql`drop index library_text_words, library_text_parts`)
    await tx.execute(sql`
      insert into library_item (id, owner_id, media, source, status, door, name, model, aspect_ratio, width, height,
        duration_seconds, size_bytes, is_starred, created_at)
      select id, owner_id, 'video', 'video', case when is_failed then 'failed' else 'completed' end, 'form',
        left(library_words(prompt), 60), model, ratio, 1280, 720, case when is_failed then 5 else 5 + n % 10 end,
        case when is_failed then 0 else 2050000 + n end, n % 41 = 0, at
      from filling`)
    await tx.execute(sql`
      insert into library_text (id, owner_id, words, parts, search)
      select id, owner_id, words, library_parts(words), library_search(words)
      from (select id, owner_id, library_words(prompt) as words from filling offset 0) said`)
    await tx.execute(
      sql`create index library_text_words on library_text using gin (owner_id, search)`,
    )
    await tx.execute(sql`
      create index library_text_parts on library_text using gin (owner_id, parts gin_trgm_ops)`)
  })
  await database().execute(sql`set statement_timeout = 0`)
  // As the database does by itself, in its own time.
  await database().execute(sql`vacuum analyze generation, asset, library_item, library_text`)
}

/** A collection of every 25th item of an owner; answers its id. */
export async function fillCollection(ownerId: string): Promise<string> {
  const id = newId('collection')
  await database().execute(sql`
    insert into collection (id, owner_id, name, created_at) values (${id}, ${ownerId}, 'Every 25th', now())`)
  await database().execute(sql`
    insert into collection_item (collection_id, item_id, added_at)
    select ${id}, id, now() from (
      select id, row_number() over (order by id) as place from library_item where owner_id = ${ownerId}) one
    where place % 25 = 0`)
  await database().execute(sql`analyze collection, collection_item`)
  return id
}

/** The id of a generation by its number. */
export const fileIdOf = (n: number) => `file_${n.toString(16).padStart(24, '0')}`

const poster = 'tests/upgrade/fixtures/media/19b69ac18a28/poster.jpg'

/** Puts the posters of generations into storage, as they are numbered. */
export async function putPosters({ first, rows }: { first: number; rows: number }) {
  for (let n = first; n < first + rows; n++) {
    const folder = join(process.env.DATA_DIR!, 'media', fileIdOf(n))
    await mkdir(folder, { recursive: true })
    await copyFile(poster, join(folder, 'poster.jpg'))
  }
}

interface Films {
  folder: string
  ownerId: string
  films: number
  megabytes: number
}

/** Puts films of noise into storage, as uploads of an owner; answers where they are. */
export async function putFilms({ folder, ownerId, films, megabytes }: Films): Promise<string[]> {
  const bytes = randomBytes(megabytes * 1024 ** 2)
  const paths: string[] = []
  for (let count = 0; count < films; count++) {
    const id = newId('video')
    const path = join(folder, id, 'video.mp4')
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
    await database().execute(sql`
      insert into asset (id, owner_id, kind, storage_key, content_type, size_bytes, drawn_bytes, sha256, width, height,
        name, is_kept, created_at, used_at)
      values (${id}, ${ownerId}, 'video', ${`${id}/video.mp4`}, 'video/mp4', ${bytes.length}, 0, ${id}, 1280, 720,
        ${`Film ${count}.mp4`}, true, now(), now())`)
    paths.push(path)
  }
  return paths
}
