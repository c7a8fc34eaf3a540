import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { madeKindOf, mediaTypeOf } from '#lib/contract/generation'
import type { NoticePage, NoticeView } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { member } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { afterCursor, cursorOf } from '../db/queries/keyset.ts'
import { notice } from '../db/notice-schema.ts'
import { parsed } from '../read-input.ts'

const pageSize = 20
const unseenAtMost = 100

/** What an organization makes is told to its members alone: one may have left since. */
const isOfMember = sql`(${notice.ownerId} not like 'org\\_%' or ${notice.ownerId} = ${notice.userId}
  or exists (select from ${member} where ${member.organizationId} = ${notice.ownerId}
    and ${member.userId} = ${notice.userId}))`

/** What a user was told, newest first. The prompt and the chat are those of the video, as long as it is there. */
export async function listNotices(userId: string, cursor?: string): Promise<NoticePage> {
  const [rows, unseen] = await Promise.all([
    database()
      .select({
        notice,
        prompt: generation.prompt,
        made: { kind: generation.kind, settings: generation.settings },
        door: generation.originDoor,
        place: generation.originPlace,
      })
      .from(notice)
      .leftJoin(
        generation,
        and(eq(generation.id, notice.generationId), isNull(generation.deletedAt)),
      )
      .where(
        and(
          eq(notice.userId, userId),
          isOfMember,
          afterCursor(cursor, 'notice', [notice.createdAt, notice.id]),
        ),
      )
      .orderBy(desc(notice.createdAt), desc(notice.id))
      .limit(pageSize + 1),
    countUnseen(userId),
  ])
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)?.notice
  return {
    notices: page.map(({ notice: row, prompt, made, door, place }) => ({
      ...viewOf(row),
      type: made ? mediaTypeOf(made) : ('video' as const),
      made: made && madeKindOf(made),
      prompt,
      chatId: door === 'chat' || door === 'canvas' ? (place?.chatId ?? null) : null,
    })),
    unseen,
    nextCursor: last && rows.length > pageSize ? cursorOf(last.createdAt, last.id) : null,
  }
}

/** How many notices a user has not seen; no more are counted than are worth saying. */
export async function countUnseen(userId: string) {
  const { rows } = await database().execute(sql`
    select from notice where user_id = ${userId} and seen_at is null and ${isOfMember}
    limit ${unseenAtMost}`)
  return rows.length
}

const seenSchema = z.union([
  /** All that were there when the bell was opened. */
  z.strictObject({ until: z.iso.datetime({ offset: true }) }),
  /** Of videos that a page shows right now. */
  z.strictObject({ fileIds: z.array(z.string().max(64)).min(1).max(100) }),
])

/** Marks notices as seen. From then on no person is told of them by any channel. */
export async function markSeen(userId: string, body: unknown) {
  const seen = parsed(seenSchema, body, { body: message('notices.seen') })
  const isMeant =
    'until' in seen
      ? sql`${notice.createdAt} <= ${seen.until}::timestamptz`
      : inArray(notice.generationId, seen.fileIds)
  await database()
    .update(notice)
    .set({ seenAt: sql`clock_timestamp()` })
    .where(and(eq(notice.userId, userId), isNull(notice.seenAt), isMeant))
}

function viewOf(
  row: typeof notice.$inferSelect,
): Omit<NoticeView, 'type' | 'made' | 'prompt' | 'chatId'> {
  const { id, kind, generationId: fileId, createdAt, seenAt } = row
  return { id, kind, fileId, createdAt: createdAt.toISOString(), isSeen: seenAt !== null }
}
