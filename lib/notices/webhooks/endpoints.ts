import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Caller } from '#lib/contract/people/caller'
import { type EndpointView, type EndpointsAnswer, noticeKinds } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { user } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { webhookEndpoint } from '../../db/notice-schema.ts'
import { postAddress } from '../../assets/fetch/post-address.ts'
import { AppError, invalidField } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { parsed } from '../../read-input.ts'
import { assertAccount } from '../../people/asked.ts'
import { asMember, assertManager, memberOf } from '../../people/organizations/membership.ts'
import { findSecrets, rotateSecret, secretsOf } from './secrets.ts'

const endpointsAtMost = 10

const endpointSchema = z.strictObject({
  url: z.string(),
  kinds: z
    .array(z.enum(noticeKinds))
    .min(1)
    .transform((given) => noticeKinds.filter((kind) => given.includes(kind)))
    .default([...noticeKinds]),
})
const changeSchema = endpointSchema.extend({ isOn: z.boolean() }).partial()
const wanted = {
  url: message('notices.endpoint.url'),
  kinds: message('request.chooseOf', { options: noticeKinds.join(', ') }),
  isOn: message('request.boolean'),
}

/** Throws unless the webhooks of the active account or organization are the caller's business. */
export async function assertManagesWebhooks(caller: Caller) {
  assertAccount(caller)
  const { ownerId, userId } = caller
  if (ownerId !== userId) assertManager((await memberOf(userId, ownerId)) ?? 'member')
}

/** The addresses of the active account or organization, and what its webhooks are signed with. */
export async function listEndpoints(caller: Caller): Promise<EndpointsAnswer> {
  await assertManagesWebhooks(caller)
  const { ownerId } = caller
  const [rows, secrets] = await Promise.all([
    database()
      .select()
      .from(webhookEndpoint)
      .where(eq(webhookEndpoint.ownerId, ownerId))
      .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id)),
    findSecrets(ownerId),
  ])
  return {
    endpoints: rows.map(viewOf),
    secret: secrets?.secret ?? null,
    formerUntil: secrets?.former?.until.toISOString() ?? null,
  }
}

export async function addEndpoint(caller: Caller, body: unknown): Promise<EndpointView> {
  assertAccount(caller)
  const { url, kinds } = parsed(endpointSchema, body, wanted)
  const { ownerId, userId: createdBy } = caller
  const values = { id: newId('endpoint'), ownerId, createdBy, url: addressOf(url), kinds }
  await secretsOf(ownerId)
  return asManager(caller, async (tx) => {
    const isTheirs = eq(webhookEndpoint.ownerId, ownerId)
    if ((await tx.$count(webhookEndpoint, isTheirs)) >= endpointsAtMost)
      throw new AppError('not_possible_now', {
        userMessage: message('notices.endpoint.tooMany', { atMost: endpointsAtMost }),
      })
    const [row] = await tx
      .insert(webhookEndpoint)
      .values({ ...values, createdAt: new Date() })
      .returning()
    return viewOf(row!)
  })
}

export async function changeEndpoint(
  caller: Caller,
  id: string,
  body: unknown,
): Promise<EndpointView> {
  assertAccount(caller)
  const { url, ...more } = parsed(changeSchema, body, wanted)
  const set = { ...more, ...(url !== undefined && { url: addressOf(url) }) }
  return asManager(caller, async (tx) => {
    const isMeant = isOwn(caller, id)
    // An empty change is none, and answers as any other.
    if (Object.keys(set).length > 0) await tx.update(webhookEndpoint).set(set).where(isMeant)
    const [row] = await tx.select().from(webhookEndpoint).where(isMeant)
    if (!row) throw noSuchEndpoint()
    return viewOf(row)
  })
}

export async function removeEndpoint(caller: Caller, id: string) {
  assertAccount(caller)
  await asManager(caller, async (tx) => {
    const gone = await tx.delete(webhookEndpoint).where(isOwn(caller, id)).returning()
    if (gone.length === 0) throw noSuchEndpoint()
  })
}

/** The endpoint of the active owner that a test is to be sent to. */
export async function endpointOf(caller: Caller, id: string): Promise<EndpointView> {
  await assertManagesWebhooks(caller)
  const [row] = await database().select().from(webhookEndpoint).where(isOwn(caller, id))
  if (!row) throw noSuchEndpoint()
  return viewOf(row)
}

/** Gives the active owner another secret; the one of now is signed with for one more day. */
export async function changeSecret(caller: Caller): Promise<EndpointsAnswer> {
  await assertManagesWebhooks(caller)
  await rotateSecret(caller.ownerId)
  return listEndpoints(caller)
}

function addressOf(url: string) {
  const address = postAddress(url)
  if (!address) throw invalidField('url', wanted.url)
  return address
}

function isOwn({ ownerId }: Caller, id: string) {
  return and(eq(webhookEndpoint.id, id), eq(webhookEndpoint.ownerId, ownerId))
}

function noSuchEndpoint() {
  return new AppError('not_found', { userMessage: message('notices.endpoint.notFound') })
}

/** Those of an account are its own business; those of an organization are for its owners and admins. */
function asManager<T>({ ownerId, userId }: Caller, work: (tx: Transaction) => Promise<T>) {
  if (ownerId !== userId)
    return asMember(ownerId, userId, (tx, role) => {
      assertManager(role)
      return work(tx)
    })
  return inTransaction(async (tx) => {
    await tx.select({ id: user.id }).from(user).where(eq(user.id, userId)).for('no key update')
    return work(tx)
  })
}

function viewOf(row: typeof webhookEndpoint.$inferSelect): EndpointView {
  const { id, url, kinds, isOn, createdAt } = row
  return { id, url, kinds, isOn, createdAt: createdAt.toISOString() }
}
