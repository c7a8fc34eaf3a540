import { and, eq, sql } from 'drizzle-orm'
import type { NoticeTry } from '#lib/contract/people/notices'
import { database } from '../db/client.ts'
import { noticeDelivery } from '../db/notice-schema.ts'
import { isOrganization } from '../ids.ts'
import { log } from '../log.ts'
import { memberOf } from '../people/organizations/membership.ts'
import type { TellOutcome, TellableNotice } from './channel.ts'
import type { Claimed, ClaimedDelivery } from './claim.ts'
import { type NoticeDeps, momentOf } from './deps.ts'
import { isPersonal, noticeSettingsOf } from './settings.ts'

const daySeconds = 24 * 60 * 60
const minute = 60
/** Seconds until the next try; the last one again and again, until a day is over. */
const pauses = [5, 30, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 2 * 60 * minute]
const answersKept = 10

/**
 * Sends one message, outside of any transaction, and writes down what came of it. A process that dies between the two
 * sends it once more after its lease: at least once is what is promised.
 */
export async function deliver(claimed: Claimed, deps: NoticeDeps) {
  const outcome = await tell(claimed, deps)
  deps.after?.('sent')
  await write(claimed, outcome, deps)
  deps.after?.('written')
}

/** Ends with the time a try has, whatever the channel does. */
async function tell({ channel, target, deliveries }: Claimed, deps: NoticeDeps) {
  const notices = deliveries.map(({ notice }) => notice)
  const { noticeTimeoutMs } = deps.pace
  const timeout = deps.timeout?.(noticeTimeoutMs) ?? AbortSignal.timeout(noticeTimeoutMs)
  const signal = AbortSignal.any([deps.signal, timeout])
  const ended = new Promise<TellOutcome>((resolve) => {
    const end = () => resolve(again(timeout.aborted ? 'timed_out' : 'unreachable'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  try {
    if (isPersonal(channel.name) && (await hasLeft(notices[0]!))) return left
    const { locale } = await noticeSettingsOf(notices[0]!.userId)
    return await Promise.race([ended, channel.tell({ target, locale, notices, signal })])
  } catch (error) {
    log().warn({ err: error, channel: channel.name }, 'a notice was not sent')
    return again('unreachable')
  }
}

/** What an organization makes is told to its members alone: one may have left since it was started. */
async function hasLeft({ ownerId, userId }: TellableNotice) {
  if (!isOrganization(ownerId) || ownerId === userId) return false
  return (await memberOf(userId, ownerId)) === undefined
}

const left: TellOutcome = { end: 'over', answer: { status: null, code: 'gone' } }

function again(code: NoticeTry['code']): TellOutcome {
  return { end: 'again', answer: { status: null, code } }
}

/** Only what the lease still holds: another process may have sent it since. */
async function write(
  { leaseId, ownerId, channel, target, deliveries }: Claimed,
  outcome: TellOutcome,
  deps: NoticeDeps,
) {
  for (const delivery of deliveries)
    await database()
      .update(noticeDelivery)
      .set({ leaseId: null, leaseUntil: null, ...written(delivery, outcome, deps) })
      .where(and(eq(noticeDelivery.id, delivery.id), eq(noticeDelivery.leaseId, leaseId)))
  if (outcome.end !== 'over') return
  // The address is gone, and with it what else this owner meant for it.
  await database()
    .update(noticeDelivery)
    .set({ state: 'dropped' })
    .where(
      and(
        eq(noticeDelivery.ownerId, ownerId),
        eq(noticeDelivery.channel, channel.name),
        eq(noticeDelivery.target, target),
        eq(noticeDelivery.state, 'due'),
      ),
    )
}

function written(delivery: ClaimedDelivery, outcome: TellOutcome, deps: NoticeDeps) {
  const now = momentOf(deps)
  const tries = delivery.tries + 1
  const at = (deps.clock?.() ?? new Date()).toISOString()
  const answers = [...delivery.answers, { at, ...outcome.answer }].slice(-answersKept)
  const result = { tries, answers }
  if (outcome.end === 'sent') return { ...result, state: 'sent' as const, sentAt: sql`${now}` }
  if (outcome.end === 'over') return { ...result, state: 'failed' as const }
  // The process ends: it goes on with the next one, at once.
  if (deps.signal.aborted) return { answers: delivery.answers, dueAt: sql`${now}` }
  const pause = Math.max(pauseAfter(delivery.tries), outcome.afterSeconds ?? 0)
  const next = sql`${now} + make_interval(secs => ${pause})`
  const last = sql`${noticeDelivery.createdAt} + make_interval(secs => ${daySeconds})`
  return {
    ...result,
    state: sql<'due' | 'failed'>`case when ${next} > ${last} then 'failed' else 'due' end`,
    dueAt: next,
  }
}

/** The last fifth is left to chance: addresses that failed together are not tried together. */
function pauseAfter(tries: number) {
  const full = pauses[Math.min(tries, pauses.length - 1)]!
  return full * (0.8 + 0.2 * Math.random())
}
