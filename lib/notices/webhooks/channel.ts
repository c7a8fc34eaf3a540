import { and, eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { webhookEndpoint } from '../../db/notice-schema.ts'
import type { Channel, TellOutcome, TellableNotice } from '../channel.ts'
import { post } from '../post.ts'
import { secretsOf } from './secrets.ts'

export interface WebhookOptions {
  /** The video as programs see it; undefined once it is deleted. */
  bodyOf: (fileId: string) => Promise<object | undefined>
  /** A test may allow loopback addresses; else the environment says. */
  isLoopbackAllowed?: boolean
}

/**
 * Outgoing webhooks, by the format of Standard Webhooks. An address is an endpoint of the owner, by its id, or the
 * `callbackUrl` that a start brought, as it is.
 */
export function webhookChannel(options: WebhookOptions): Channel {
  return {
    name: 'webhook',
    hasDigest: false,
    targetsOf,
    tell: async ({ target, notices, signal }) => {
      const [told] = notices
      const url = await urlOf(target)
      if (!told || !url) return gone
      const event = { type: told.kind, timestamp: told.createdAt.toISOString() }
      // As it is now: a try that comes late tells no older state than one that came in time.
      const video = await options.bodyOf(told.fileId)
      const data = { fileId: told.fileId, isDeleted: !video, video: video ?? null }
      const message = { id: told.id, ownerId: told.ownerId, payload: { ...event, data } }
      const outcome = await send(url, message, signal, options)
      if (outcome.end === 'over') await turnOff(target)
      return outcome
    },
  }
}

const gone: TellOutcome = { end: 'over', answer: { status: null, code: 'gone' } }

interface Message {
  id: string
  ownerId: string
  payload: object
}

/** Signs with the secret of now and, for a day after a change, with the one before. */
export async function send(
  url: string,
  { id, ownerId, payload }: Message,
  signal: AbortSignal,
  { isLoopbackAllowed }: Pick<WebhookOptions, 'isLoopbackAllowed'> = {},
) {
  const { secret, former } = await secretsOf(ownerId)
  const body = JSON.stringify(payload)
  const now = new Date()
  const secrets = former ? [secret, former.secret] : [secret]
  const signature = secrets.map((one) => new Webhook(one).sign(id, now, body)).join(' ')
  return post({
    url,
    body,
    signal,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Photofinish-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signature,
    },
    ...(isLoopbackAllowed !== undefined && { isLoopbackAllowed }),
  })
}

async function targetsOf({ ownerId, fileId, kind }: TellableNotice) {
  const isOn = and(eq(webhookEndpoint.ownerId, ownerId), eq(webhookEndpoint.isOn, true))
  const [endpoints, [row]] = await Promise.all([
    database().select().from(webhookEndpoint).where(isOn),
    database()
      .select({ callbackUrl: generation.callbackUrl })
      .from(generation)
      .where(eq(generation.id, fileId)),
  ])
  const ids = endpoints.filter(({ kinds }) => kinds.includes(kind)).map(({ id }) => id)
  return row?.callbackUrl ? [...ids, row.callbackUrl] : ids
}

function isEndpoint(target: string) {
  return target.startsWith('endpoint_')
}

/** Undefined where the endpoint was removed or turned off since. */
async function urlOf(target: string) {
  if (!isEndpoint(target)) return target
  const [row] = await database()
    .select({ url: webhookEndpoint.url })
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, target), eq(webhookEndpoint.isOn, true)))
  return row?.url
}

/** Its server has said that there is nothing any more, and never will be. */
async function turnOff(target: string) {
  if (!isEndpoint(target)) return
  await database()
    .update(webhookEndpoint)
    .set({ isOn: false })
    .where(eq(webhookEndpoint.id, target))
}
