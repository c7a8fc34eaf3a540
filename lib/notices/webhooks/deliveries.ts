import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import type { DeliveryPage, DeliveryView, NoticeTestAnswer } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { database } from '../../db/client.ts'
import { afterCursor, cursorOf } from '../../db/queries/keyset.ts'
import { notice, noticeDelivery, webhookEndpoint } from '../../db/notice-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { send } from './channel.ts'
import { assertManagesWebhooks, endpointOf } from './endpoints.ts'

const pageSize = 20
const testTimeoutMs = 10_000

const columns = {
  delivery: noticeDelivery,
  kind: notice.kind,
  fileId: notice.generationId,
  endpointUrl: webhookEndpoint.url,
}

type Found = {
  delivery: typeof noticeDelivery.$inferSelect
  kind: DeliveryView['kind']
  fileId: string
  endpointUrl: string | null
}

/** What was sent for the active owner, newest first, with the answers. */
export async function listDeliveries(caller: Caller, cursor?: string): Promise<DeliveryPage> {
  await assertManagesWebhooks(caller)
  const rows = await found()
    .where(
      and(
        isOf(caller),
        afterCursor(cursor, 'delivery', [noticeDelivery.createdAt, noticeDelivery.id]),
      ),
    )
    .orderBy(desc(noticeDelivery.createdAt), desc(noticeDelivery.id))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)?.delivery
  return {
    deliveries: page.map(viewOf),
    nextCursor: last && rows.length > pageSize ? cursorOf(last.createdAt, last.id) : null,
  }
}

/** Sends one again, and tries it for a day from now; one that is still tried is tried at once. */
export async function sendAgain(caller: Caller, id: string): Promise<DeliveryView> {
  await assertManagesWebhooks(caller)
  const isMeant = and(isOf(caller), eq(noticeDelivery.id, id))
  const now = sql`clock_timestamp()`
  await database()
    .update(noticeDelivery)
    .set({ state: 'due', tries: 0, dueAt: now, createdAt: now, sentAt: null })
    .where(and(isMeant, ne(noticeDelivery.state, 'due')))
  await database()
    .update(noticeDelivery)
    .set({ dueAt: now })
    .where(and(isMeant, sql`${noticeDelivery.leaseId} is null`))
  const [row] = await found().where(isMeant)
  if (row) return viewOf(row)
  throw new AppError('not_found', { userMessage: message('notices.delivery.notFound') })
}

/** Sends an event that says it is a test, at once, and answers how that went. It is not kept. */
export async function testEndpoint(caller: Caller, id: string): Promise<NoticeTestAnswer> {
  const { url } = await endpointOf(caller, id)
  const now = new Date()
  const payload = { type: 'test', timestamp: now.toISOString(), data: {} }
  const test = { id: newId('notice'), ownerId: caller.ownerId, payload }
  const { answer } = await send(url, test, AbortSignal.timeout(testTimeoutMs))
  return { answers: [{ ...answer, at: now.toISOString() }] }
}

function found() {
  return database()
    .select(columns)
    .from(noticeDelivery)
    .innerJoin(notice, eq(notice.id, noticeDelivery.noticeId))
    .leftJoin(webhookEndpoint, eq(webhookEndpoint.id, noticeDelivery.target))
    .$dynamic()
}

function isOf({ ownerId }: Caller) {
  return and(eq(noticeDelivery.ownerId, ownerId), eq(noticeDelivery.channel, 'webhook'))
}

function viewOf({ delivery, kind, fileId, endpointUrl }: Found): DeliveryView {
  const { id, target, state, tries, dueAt, answers, createdAt } = delivery
  return {
    id,
    kind,
    fileId,
    // Of an endpoint that was removed only its id is left.
    url: endpointUrl ?? target,
    state,
    tries,
    nextAt: state === 'due' ? dueAt.toISOString() : null,
    answers,
    createdAt: createdAt.toISOString(),
  }
}
