import type { NoticeKind } from '#lib/contract/people/notices'
import { database, inTransaction } from '#lib/db/client'
import { notice, noticeDelivery } from '#lib/db/notice-schema'
import { newId } from '#lib/ids'
import type { Channel, TellOutcome, Telling } from '#lib/notices/channel'
import { claimDue } from '#lib/notices/claim'
import { deliver } from '#lib/notices/deliver'
import type { NoticeDeps } from '#lib/notices/deps'
import { enqueueNotice } from '#lib/notices/enqueue'
import { type Place, spreadSome } from '#lib/notices/spread'

export const sentOk: TellOutcome = { end: 'sent', answer: { status: 200, code: 'ok' } }

export interface TestNotices extends NoticeDeps {
  /** Moves the clock. */
  pass(ms: number): void
}

/** Deps for tests: the given channels, and a clock that is moved by hand. */
export function testNotices(given: Channel[], more: Partial<NoticeDeps> = {}): TestNotices {
  let now = Date.parse('2026-11-21T00:00:00Z')
  return {
    channels: new Map(given.map((channel) => [channel.name, channel])),
    clock: () => new Date(now),
    pace: { noticeGraceMs: 5_000, noticeTimeoutMs: 10_000 },
    signal: new AbortController().signal,
    videosUnderWay: () => Promise.resolve(0),
    pass: (ms) => void (now += ms),
    ...more,
  }
}

/** A channel that notes what it was told; each address is told by `tell`. */
export function notedChannel(name: Channel['name'], more: Partial<Channel> = {}) {
  const told: Telling[] = []
  const channel: Channel = {
    name,
    hasDigest: false,
    targetsOf: ({ userId }) => Promise.resolve([userId]),
    ...more,
    tell: (telling) => {
      told.push(telling)
      return more.tell?.(telling) ?? Promise.resolve(sentOk)
    },
  }
  return { channel, told }
}

export interface Enqueued {
  userId?: string
  ownerId?: string
  kind?: NoticeKind
  key?: string
  createdAt: Date
}

export async function enqueue({ userId = 'anna', ownerId = userId, ...more }: Enqueued) {
  const generationId = newId('file')
  const kind = more.kind ?? 'video.completed'
  const key = more.key ?? `${generationId}:${kind}`
  const values = { key, kind, userId, ownerId, generationId, version: 1, createdAt: more.createdAt }
  await inTransaction((tx) => enqueueNotice(tx, values))
  return generationId
}

/** Spreads all that waits for it. */
export async function spreadDue(deps: NoticeDeps) {
  let place: Place | undefined
  do place = await spreadSome(deps, place)
  while (place)
}

/** What a worker does at one look, all of it until nothing is due at this moment. */
export async function deliverAll(deps: NoticeDeps, atMost = 16) {
  await spreadDue(deps)
  for (;;) {
    const claimed = await claimDue(deps, atMost)
    if (claimed.length === 0) return
    await Promise.all(claimed.map((one) => deliver(one, deps)))
  }
}

export async function forgetNotices() {
  await database().delete(notice)
}

export function allDeliveries() {
  return database().select().from(noticeDelivery)
}
