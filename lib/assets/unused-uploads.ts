import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { asset } from '../db/asset-schema.ts'
import { generation } from '../db/generation-schema.ts'
import { template } from '../db/library-schema.ts'
import { removeUnlessBackedUp } from '../db/queries/removals.ts'
import { log } from '../log.ts'
import type { Storage } from './storage/storage.ts'

const keptMs = 7 * 24 * 60 * 60 * 1000

/**
 * Removes the uploads that nothing uses: for a week they were not asked for, no generation was started from them, no
 * message names them, no template names
 * them, and they are neither imported nor starred, in a collection or in the trash, which has days of its own. Answers how many. First the rows, so that none is ever without its bytes; one that is taken
 * at this very moment stays.
 */
export async function removeUnusedUploads(deps: { storage: Storage; now(): Date }) {
  let removed = 0
  // While a backup is made, they wait for the next sweep.
  await removeUnlessBackedUp(async () => (removed = await removeUnused(deps)))
  return removed
}

async function removeUnused({ storage, now }: { storage: Storage; now(): Date }) {
  const ids = await deleteUnused(new Date(now().getTime() - keptMs))
  for (const id of ids)
    await storage
      .removeAll(id)
      .catch((error: unknown) => log().warn({ err: error, assetId: id }, 'bytes left behind'))
  return ids.length
}

async function deleteUnused(before: Date) {
  const isOld = and(isNull(asset.generationId), lt(asset.usedAt, before))
  const generations = database()
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.ownerId, asset.ownerId), names(generation.settings)))
  const messages = database()
    .select({ id: chatMessage.id })
    .from(chatMessage)
    .innerJoin(chat, eq(chat.id, chatMessage.chatId))
    .where(and(eq(chat.ownerId, asset.ownerId), names(chatMessage.parts)))
  const templates = database()
    .select({ id: template.id })
    .from(template)
    .where(and(eq(template.ownerId, asset.ownerId), names(template.settings)))
  const removed = await database()
    .delete(asset)
    .where(
      and(isOld, isNotInUse, notExists(generations), notExists(messages), notExists(templates)),
    )
    .returning({ id: asset.id })
  return removed.map(({ id }) => id)
}

const isNotInUse = sql`not ${asset.isKept} and not exists (select from library_item item
  where item.id = ${asset.id} and (item.is_starred or item.trashed_at is not null
    or exists (select from collection_item member where member.item_id = item.id)))`

/** Ids are random and long: wherever one is in the JSON, the upload is meant. */
function names(
  column: typeof generation.settings | typeof chatMessage.parts | typeof template.settings,
) {
  return sql`position(${asset.id} in ${column}::text) > 0`
}
