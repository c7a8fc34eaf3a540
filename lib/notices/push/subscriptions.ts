import { and, desc, eq, inArray } from 'drizzle-orm'
import * as z from 'zod'
import type { Caller } from '#lib/contract/people/caller'
import type { PushAnswer } from '#lib/contract/people/push'
import { message } from '#lib/messages/message'
import { postAddress } from '../../assets/fetch/post-address.ts'
import { database } from '../../db/client.ts'
import { pushSubscription } from '../../db/notice-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { vapidDetails } from './vapid.ts'

const browsersAtMost = 10
const agentMaxLength = 200
const base64url = (bytes: number) =>
  z.string().refine((text) => Buffer.from(text, 'base64url').length === bytes)

/** As `PushSubscription.toJSON()` writes it. What else a browser adds to it is left out. */
const schema = z.object({
  endpoint: z.string().refine((url) => postAddress(url) !== undefined),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
})

/** The browsers of a user, newest first, and what a further one subscribes with. */
export async function pushBrowsers({ userId }: Pick<Caller, 'userId'>): Promise<PushAnswer> {
  const rows = await subscriptionsOf(userId)
  return {
    publicKey: vapidDetails().publicKey,
    browsers: rows.map(({ id, agent, createdAt }) => ({
      id,
      agent,
      createdAt: createdAt.toISOString(),
    })),
  }
}

/**
 * Keeps a browser's subscription for the user who is signed in there now, who takes it over from the one before. The
 * oldest of more than ten goes. Throws `invalid_input`.
 */
export async function subscribe({ userId }: Pick<Caller, 'userId'>, body: unknown, agent: string) {
  const read = schema.safeParse(body)
  if (!read.success)
    throw new AppError('invalid_input', { userMessage: message('errors.pushSubscription') })
  const { endpoint, keys } = read.data
  const values = { userId, ...keys, agent: agent.slice(0, agentMaxLength), createdAt: new Date() }
  await database()
    .insert(pushSubscription)
    .values({ ...values, id: newId('push'), endpoint })
    .onConflictDoUpdate({ target: pushSubscription.endpoint, set: values })
  const tooMany = (await subscriptionsOf(userId)).slice(browsersAtMost).map(({ id }) => id)
  if (tooMany.length > 0)
    await database().delete(pushSubscription).where(inArray(pushSubscription.id, tooMany))
}

/** Forgets a user's browser, by its endpoint or its id. One that is not there is forgotten already. */
export async function unsubscribe({ userId }: Pick<Caller, 'userId'>, body: unknown) {
  const by = z.union([z.object({ endpoint: z.string() }), z.object({ id: z.string() })])
  const read = by.safeParse(body)
  if (!read.success)
    throw new AppError('invalid_input', { userMessage: message('errors.pushSubscription') })
  const isMeant =
    'id' in read.data
      ? eq(pushSubscription.id, read.data.id)
      : eq(pushSubscription.endpoint, read.data.endpoint)
  await database()
    .delete(pushSubscription)
    .where(and(isMeant, eq(pushSubscription.userId, userId)))
}

export async function subscriptionsOf(userId: string) {
  return database()
    .select()
    .from(pushSubscription)
    .where(eq(pushSubscription.userId, userId))
    .orderBy(desc(pushSubscription.createdAt), desc(pushSubscription.id))
}

export async function subscriptionOf(id: string) {
  const [found] = await database()
    .select()
    .from(pushSubscription)
    .where(eq(pushSubscription.id, id))
  return found
}

/** The push service says that it is over. */
export async function forgetSubscription(id: string) {
  await database().delete(pushSubscription).where(eq(pushSubscription.id, id))
}
