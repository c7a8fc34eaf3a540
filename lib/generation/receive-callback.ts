import { AppError } from '../errors.ts'
import { findAttempt, isOpen } from '../files/attempts.ts'
import { touchFile } from '../files/touch-file.ts'
import { takeIn } from '../files/webhook-inbox.ts'
import { wakeFile } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { drive } from './drive.ts'

export interface Callback {
  provider: string
  /** The attempt's token, out of the address we gave. */
  token: string
  headers: Headers
  body: Uint8Array
}

/**
 * Takes in a provider's callback: kept once, however often it is sent, and never believed. All it does is that the
 * provider is asked now, where the attempt is still the one in hand, or nothing submitted since is under way.
 * Throws `not_found` for a token nobody was given, `webhook_refused` for a signature that does not fit.
 */
export async function receiveCallback(
  { provider: id, token, headers, body }: Callback,
  deps: GenerationDeps = productionDeps(),
): Promise<'taken' | 'repeated'> {
  const now = deps.now()
  const provider = deps.providers.get(id)
  const attempt = provider?.readWebhook && (await findAttempt(id, token))
  if (!provider?.readWebhook || !attempt)
    throw new AppError('not_found', { userMessage: 'There is no such callback address.' })
  const news = provider.readWebhook({ headers, body, now })
  if (!news)
    throw new AppError('webhook_refused', {
      userMessage: 'This callback is not signed as it should be.',
      logMessage: `a callback of ${id} was refused`,
      fileId: attempt.fileId,
    })
  const isNew = await takeIn({ provider: id, token, receivedAt: now, ...news })
  // One that was given up is still of use where the job it names can be taken up before another is paid for.
  const orGivenUp = Boolean(provider.adopt ?? provider.find) && isOpen(attempt.outcome)
  if (isNew) await look(attempt.fileId, token, deps, orGivenUp)
  return isNew ? 'taken' : 'repeated'
}

async function look(fileId: string, token: string, deps: GenerationDeps, orGivenUp: boolean) {
  const state = await touchFile(fileId, token, deps.now(), { orGivenUp })
  if (state === 'failed')
    drive(fileId, deps, { force: true }).catch((error: unknown) =>
      log().warn({ err: error, fileId }, 'a late callback was not followed'),
    )
  else if (state) await wakeFile(fileId)
}
