import { message } from '#lib/messages/message'
import { and, eq } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { attempt } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { log } from '../../log.ts'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { spacedLook } from '../engine/shared-look.ts'
import { findGeneration } from '../queries.ts'
import { isOpenAttempt } from '../states.ts'
import { applyEvent } from '../store.ts'
import { takeIn } from './webhook-inbox.ts'

export interface Webhook {
  provider: string
  /** The attempt's, out of the address we gave. */
  idempotencyKey: string
  headers: Headers
  body: Uint8Array
}

/**
 * Takes in a provider's webhook: kept once, however often it is sent, and never believed. All it does is that the
 * provider is asked now, where the attempt is still the current one, or nothing submitted since is under way.
 * Throws `not_found` for a key that was never given out, `webhook_refused` for a signature that does not fit.
 */
export async function receiveWebhook(
  { provider: id, idempotencyKey, headers, body }: Webhook,
  deps: GenerationDeps = productionDeps(),
): Promise<'taken' | 'repeated'> {
  const now = deps.now()
  const provider = deps.providers.get(id)
  const meant = provider?.readWebhook && (await findAttempt(id, idempotencyKey))
  if (!provider?.readWebhook || !meant)
    throw new AppError('not_found', { userMessage: message('errors.webhookNotFound') })
  const news = provider.readWebhook({ headers, body, now })
  if (!news)
    throw new AppError('webhook_refused', {
      userMessage: message('errors.webhookRefused'),
      logMessage: `a webhook of ${id} was refused`,
      fileId: meant.generationId,
    })
  const isNew = await takeIn({ provider: id, idempotencyKey, receivedAt: now, ...news })
  // One that was given up is still of use where the job it names can be taken up before another is paid for.
  const orGivenUp = Boolean(provider.adopt ?? provider.find) && isOpenAttempt(meant)
  // One that is sent again may be the only sign left of a look that its process did not live to take.
  if (isNew || (await isUnlooked(meant.generationId, now)))
    await look(meant.generationId, idempotencyKey, deps, orGivenUp)
  return isNew ? 'taken' : 'repeated'
}

async function findAttempt(provider: string, idempotencyKey: string) {
  const [row] = await database()
    .select()
    .from(attempt)
    .where(and(eq(attempt.idempotencyKey, idempotencyKey), eq(attempt.provider, provider)))
  return row
}

/** Whether a failed generation is due: no sweep looks at those. */
async function isUnlooked(id: string, now: Date) {
  const row = await findGeneration(id)
  return row?.state === 'failed' && row.dueAt <= now
}

/** However many webhooks come for an attempt, the provider is asked every few seconds at most, and once after the last of them. */
function look(id: string, idempotencyKey: string, deps: GenerationDeps, orGivenUp: boolean) {
  const wake = () => wakeFor(id, idempotencyKey, deps, orGivenUp)
  return spacedLook(idempotencyKey, wake, deps.now().getTime())
}

async function wakeFor(
  id: string,
  idempotencyKey: string,
  deps: GenerationDeps,
  orGivenUp: boolean,
) {
  const woken = { type: 'woken', idempotencyKey, orGivenUp } as const
  const row = await applyEvent(id, woken, deps.databaseClock)
  if (row?.state === 'failed')
    drive(id, deps, { force: true }).catch((error: unknown) =>
      log().warn({ err: error, fileId: id }, 'a late webhook was not followed'),
    )
  else if (row) await wakeGeneration({ id })
}
