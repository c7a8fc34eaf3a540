import { type SQL, and, eq, inArray, sql } from 'drizzle-orm'
import type { NoticeTry } from '#lib/contract/people/notices'
import { type Transaction, database, inTransaction } from '../db/client.ts'
import { notice, noticeDelivery } from '../db/notice-schema.ts'
import { newId } from '../ids.ts'
import type { Channel, TellableNotice } from './channel.ts'
import { type NoticeDeps, momentOf } from './deps.ts'
import { isPersonal } from './settings.ts'
import { tellable } from './spread.ts'
import { digestFrom } from './under-way.ts'

/** A delivery that this process sends now. */
export interface ClaimedDelivery {
  id: string
  tries: number
  answers: NoticeTry[]
  createdAt: Date
  notice: TellableNotice
}

/** One message that this process sends now: one delivery, or those of a digest, oldest first. */
export interface Claimed {
  leaseId: string
  /** Whose it is: two owners may name the same address, and neither is told, or ended, for the other. */
  ownerId: string
  channel: Channel
  target: string
  deliveries: ClaimedDelivery[]
}

// One owner's flood, or its addresses that hang, leave room for the others.
const atOncePerOwner = 4
/** Longer than a try may take: a process that dies keeps a delivery for so long. */
const leaseSeconds = 60
const digestSeconds = 60
const digestLookSeconds = 5
const digestAtMost = 500
// A look's cost, whatever waits: so many rows of the oldest that are due, and so many addresses of the walk.
const dueLooked = 256
const walked = 128

/** Where a process's walk through the addresses has come to; empty at its beginning. */
export interface Walk {
  behind?: readonly [ownerId: string, channel: string, target: string] | null
}

/**
 * Claims messages to send: of each address the oldest delivery that is due, one at a time an address and a few an owner,
 * owners in turns. A look costs the same however much waits. It sees the addresses of what is due first and, since one
 * owner's flood may be all of that, the next ones of a walk through all of them, which goes on with the next look.
 */
export async function claimDue(
  deps: NoticeDeps,
  atMost: number,
  walk: Walk = {},
): Promise<Claimed[]> {
  const names = [...deps.channels.keys()]
  if (names.length === 0 || atMost < 1) return []
  const leaseId = newId('lease')
  const { rows } = await database().execute<Look>(
    claimStatement({ names, atMost, leaseId, now: momentOf(deps), behind: walk.behind }),
  )
  const { heads, behind } = rows[0]!
  walk.behind = behind
  deps.after?.('claimed')
  const claimed = await Promise.all(heads.map((head) => claimMessage(head, leaseId, deps)))
  return claimed.filter((one) => one !== undefined)
}

interface Look extends Record<string, unknown> {
  heads: Head[]
  behind: Walk['behind']
}

interface Wanted extends Walk {
  names: string[]
  atMost: number
  leaseId: string
  now: SQL<string>
}

/** Reads at most `dueLooked` rows and walks `walked` addresses; of each it looks at the head alone. */
export function claimStatement({ names, atMost, leaseId, now, behind }: Wanted): SQL {
  const [ownerId, channel, target] = behind ?? ['', '', '']
  return sql`
    with recursive turn as (
      (select owner_id, channel, target, 1 as step from notice_delivery where state = 'due'
        and (owner_id, channel, target) > (${ownerId}, ${channel}, ${target})
        order by owner_id, channel, target limit 1)
      union all
      select next.*, turn.step + 1 from turn, lateral (
        select d.owner_id, d.channel, d.target from notice_delivery d where d.state = 'due'
          and (d.owner_id, d.channel, d.target) > (turn.owner_id, turn.channel, turn.target)
        order by d.owner_id, d.channel, d.target limit 1
      ) next where turn.step < ${walked}
    ), oldest as materialized (
      select owner_id, channel, target from notice_delivery
      where state = 'due' and due_at <= ${now} order by due_at limit ${dueLooked}
    ), address as (
      select owner_id, channel, target from turn union select * from oldest
    ), busy as materialized (
      select distinct owner_id, channel, target from notice_delivery
      where lease_id is not null and lease_until > ${now}
    ), first as (
      select address.owner_id, head.id, head.due_at, row_number() over (
        partition by address.owner_id order by head.due_at, head.id
      ) + (select count(*) from busy where busy.owner_id = address.owner_id) as place
      from address, lateral (
        select d.id, d.due_at from notice_delivery d where d.state = 'due' and
          d.owner_id = address.owner_id and d.channel = address.channel and d.target = address.target
        order by d.due_at limit 1
      ) head
      where address.channel in ${names} and head.due_at <= ${now} and not exists (
        select from busy where busy.channel = address.channel and busy.target = address.target)
    ), picked as materialized (
      select id from first where place <= ${atOncePerOwner} order by place, due_at limit ${atMost}
    ), locked as materialized (
      select id from notice_delivery where id = any(array(select id from picked))
        and state = 'due' and due_at <= ${now} for update skip locked
    ), claimed as (
      update notice_delivery set lease_id = ${leaseId},
        lease_until = ${now} + make_interval(secs => ${leaseSeconds}),
        due_at = ${now} + make_interval(secs => ${leaseSeconds})
      where id = any(array(select id from locked))
      returning id, owner_id as "ownerId", channel, target
    )
    select coalesce((select json_agg(claimed) from claimed), '[]') as heads, (
      select json_build_array(owner_id, channel, target) from turn where step = ${walked}
    ) as behind`
}

interface Head extends Record<string, unknown> {
  id: string
  ownerId: string
  channel: Channel['name']
  target: string
}

/** The whole message that begins with a delivery; undefined where it is to wait, or was seen meanwhile. */
async function claimMessage(head: Head, leaseId: string, deps: NoticeDeps) {
  const { ownerId, target, channel: name } = head
  const channel = deps.channels.get(name)!
  const isDigested = channel.hasDigest && (await joinDigest(head, leaseId, deps))
  if (isDigested === 'wait') return undefined
  const found = await database()
    .select({ delivery: noticeDelivery, notice })
    .from(noticeDelivery)
    .innerJoin(notice, eq(notice.id, noticeDelivery.noticeId))
    .where(
      and(
        eq(noticeDelivery.leaseId, leaseId),
        eq(noticeDelivery.ownerId, ownerId),
        eq(noticeDelivery.channel, name),
        eq(noticeDelivery.target, target),
      ),
    )
    .orderBy(notice.createdAt, notice.id)
  const isSeen = found.some(({ notice: { seenAt } }) => isPersonal(name) && seenAt !== null)
  if (isSeen) await dropSeen(head)
  const deliveries = found
    .filter(({ notice: { seenAt } }) => !isPersonal(name) || seenAt === null)
    .map(({ delivery: { id, tries, answers, createdAt }, notice: row }) => ({
      id,
      tries,
      answers,
      createdAt,
      notice: tellable(row),
    }))
  return deliveries.length > 0 ? { leaseId, ownerId, channel, target, deliveries } : undefined
}

/** A person who saw it is not told: neither of this one, nor of what else was seen and waits for the address. */
async function dropSeen({ ownerId, channel, target }: Head) {
  await database().execute(sql`
    update notice_delivery d set state = 'dropped', lease_id = null, lease_until = null
    from notice n where n.id = d.notice_id and n.seen_at is not null and d.state = 'due'
      and d.owner_id = ${ownerId} and d.channel = ${channel} and d.target = ${target}`)
}

/**
 * Where five or more of a minute wait for one address, they are one message. While that many may still come together, or
 * some of them may still be shown by an open page, they wait until the minute of the first is over.
 */
async function joinDigest(head: Head, leaseId: string, deps: NoticeDeps) {
  return inTransaction(async (tx) => {
    const mates = await matesOf(tx, head, deps)
    if (await mayGrow(mates, head, deps)) {
      await putBack(tx, head, deps)
      return 'wait' as const
    }
    if (mates.length < digestFrom) return false
    const lease = sql`${momentOf(deps)} + make_interval(secs => ${leaseSeconds})`
    const ids = mates.map(({ id }) => id)
    await tx
      .update(noticeDelivery)
      .set({ leaseId, leaseUntil: lease, dueAt: lease })
      .where(inArray(noticeDelivery.id, ids))
    return true
  })
}

async function mayGrow(mates: Mate[], head: Head, deps: NoticeDeps) {
  const first = mates.find(({ id }) => id === head.id)
  if (!first?.isYoung) return false
  if (mates.length >= digestFrom) return mates.some(({ isInGrace }) => isInGrace)
  const coming = await deps.videosUnderWay(first.userId, first.ownerId)
  return coming > 0 && mates.length + coming >= digestFrom
}

interface Mate extends Record<string, unknown> {
  id: string
  userId: string
  ownerId: string
  isYoung: boolean
  isInGrace: boolean
}

/** What waits for an address, of the minute that begins with the oldest of it; its head among them. */
async function matesOf(tx: Transaction, { id, ownerId, target, channel }: Head, deps: NoticeDeps) {
  const now = momentOf(deps)
  const { rows } = await tx.execute<Mate>(sql`
    with waiting as (
      select d.id, n.created_at, n.user_id, n.owner_id from notice_delivery d
      join notice n on n.id = d.notice_id
      where d.state = 'due' and d.channel = ${channel} and d.target = ${target}
        and d.owner_id = ${ownerId} and n.seen_at is null
        and (d.id = ${id} or d.due_at <= ${now} or (d.tries = 0 and d.lease_id is null))
      order by d.due_at limit ${digestAtMost}
      for update of d skip locked
    )
    select id, user_id as "userId", owner_id as "ownerId",
      created_at > ${now} - make_interval(secs => ${digestSeconds}) as "isYoung",
      created_at > ${now} - make_interval(secs => ${deps.pace.noticeGraceMs / 1000}) as "isInGrace"
    from waiting where created_at < (select min(created_at) from waiting)
      + make_interval(secs => ${digestSeconds}) or id = ${id}`)
  return rows
}

/** It is looked at again in a moment; it was not tried. */
async function putBack(tx: Transaction, { id }: Head, deps: NoticeDeps) {
  const later = sql`${momentOf(deps)} + make_interval(secs => ${digestLookSeconds})`
  await tx
    .update(noticeDelivery)
    .set({ leaseId: null, leaseUntil: null, dueAt: later })
    .where(eq(noticeDelivery.id, id))
}
