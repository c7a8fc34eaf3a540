import { and, asc, isNull, sql } from 'drizzle-orm'
import { inTransaction } from '../db/client.ts'
import { notice, noticeDelivery } from '../db/notice-schema.ts'
import { newId } from '../ids.ts'
import { log } from '../log.ts'
import type { Channel, TellableNotice } from './channel.ts'
import { type NoticeDeps, momentOf } from './deps.ts'
import { isPersonal, isWanted, noticeSettingsOf } from './settings.ts'

/** What the walk through the outbox goes on behind. */
export interface Place {
  at: Date
  id: string
}

const atOnce = 50

/**
 * Writes the deliveries of the next notices that wait for it, one notice a transaction: all of them or none, and the same
 * ones however often it is done. Answers where to go on; undefined at the end. A notice whose addresses cannot be read
 * stays for the next walk, and keeps none behind it waiting. Any number of processes may do so at once.
 */
export async function spreadSome(deps: NoticeDeps, behind?: Place): Promise<Place | undefined> {
  let place = behind
  for (let count = 0; count < atOnce; count++) {
    const next = await spreadNext(deps, place)
    if (!next) return undefined
    place = next
  }
  return place
}

function spreadNext(deps: NoticeDeps, behind: Place | undefined): Promise<Place | undefined> {
  return inTransaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(notice)
      .where(
        and(
          isNull(notice.spreadAt),
          behind &&
            sql`(${notice.createdAt}, ${notice.id}) > (${behind.at.toISOString()}::timestamptz, ${behind.id})`,
        ),
      )
      .orderBy(asc(notice.createdAt), asc(notice.id))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!row) return undefined
    const told = tellable(row)
    const found = await targetsOf(told, deps)
    const values = found.targets.map(({ channel, target }) => ({
      id: newId('delivery'),
      noticeId: row.id,
      ownerId: row.ownerId,
      channel,
      target,
      // A program is told at once; a person only where no open page has shown it by then.
      dueAt: isPersonal(channel)
        ? after(row.createdAt, deps.pace.noticeGraceMs)
        : sql`${momentOf(deps)}`,
      createdAt: sql`${momentOf(deps)}`,
    }))
    if (values.length > 0) await tx.insert(noticeDelivery).values(values).onConflictDoNothing()
    deps.after?.('spread')
    if (found.isWhole)
      await tx
        .update(notice)
        .set({ spreadAt: sql`${momentOf(deps)}` })
        .where(sql`${notice.id} = ${row.id}`)
    deps.after?.('spread written')
    return { at: row.createdAt, id: row.id }
  })
}

function after(moment: Date, ms: number) {
  return new Date(moment.getTime() + ms)
}

export function tellable(row: typeof notice.$inferSelect): TellableNotice {
  const { id, kind, ownerId, userId, generationId: fileId, createdAt } = row
  return { id, kind, ownerId, userId, fileId, createdAt }
}

async function targetsOf(told: TellableNotice, { channels }: NoticeDeps) {
  const settings = await noticeSettingsOf(told.userId)
  let isWhole = true
  const addressesOf = async (channel: Channel) => {
    try {
      return await channel.targetsOf(told)
    } catch (error) {
      log().warn({ err: error, channel: channel.name }, 'the addresses of a notice were not read')
      isWhole = false
      return []
    }
  }
  const targets = []
  for (const channel of channels.values()) {
    if (!isWanted(settings, channel.name, told)) continue
    const addresses = new Set(await addressesOf(channel))
    targets.push(...[...addresses].map((target) => ({ channel: channel.name, target })))
  }
  return { targets, isWhole }
}
