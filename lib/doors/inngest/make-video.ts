import { isRetryable } from '#lib/contract/problem'
import { inEnglish } from '#lib/messages/translate'
import { AppError } from '../../errors.ts'
import { findGeneration } from '../../generations/queries.ts'
import { fileViewOf } from '../../generations/view.ts'
import { signedVideoLink } from '../../http/media/signed-link.ts'
import { log } from '../../log.ts'
import { readEvent, recipientOf } from './event.ts'
import { payerThroughInngest } from './payer.ts'
import { startByEvent } from './start-by-event.ts'

/** What a run of Inngest offers: steps that are remembered once they are done, and sleeps that hold no connection. */
export interface Steps {
  run<T>(id: string, work: () => Promise<T>): Promise<unknown>
  sleep(id: string, seconds: string): Promise<void>
}

/** How a step that failed is told to Inngest. */
export interface Failures {
  /** To be tried again after so many seconds. */
  later(message: string, seconds: number): Error
  /** The same event will always be refused. */
  never(message: string): Error
}

/** What an order came to, as far as its run waited for it. */
interface Made {
  fileId: string
  status: string
  videoUrl: string | null
  error: { code: string; message: string } | null
}

const firstWaitSeconds = 5
const longestWaitSeconds = 300
// A day of waiting: what takes longer is still delivered, and its run has told where to look.
const looksAtMost = 300

/**
 * The run of an event: starts its video and waits until that is over by looking at our own rows. Each step may run twice,
 * and a run may be left and begun again: the start goes by the event's key, and a look changes nothing.
 */
export async function makeVideo(given: unknown, step: Steps, failures: Failures): Promise<Made> {
  const fileId = (await step.run('start', () =>
    told(failures, async () => {
      const event = readEvent(given)
      const { id } = await startByEvent(event, await payerThroughInngest(recipientOf(event)))
      return id
    }),
  )) as string
  for (let look = 1; ; look++) {
    const now = (await step.run(`look-${look}`, () => told(failures, () => lookAt(fileId)))) as Made
    if (now.status !== 'pending' && now.status !== 'processing') return over(now, failures)
    if (look === looksAtMost) return now
    await step.sleep(`wait-${look}`, `${waitOf(look)}s`)
  }
}

function waitOf(look: number) {
  return Math.min(longestWaitSeconds, Math.round(firstWaitSeconds * 1.3 ** (look - 1)))
}

function over(made: Made, failures: Failures) {
  if (made.status === 'completed') return made
  const { code, message } = made.error ?? { code: made.status, message: made.fileId }
  throw failures.never(`${code}: ${message}`)
}

async function lookAt(fileId: string): Promise<Made> {
  const row = await findGeneration(fileId)
  if (!row || row.deletedAt) return { fileId, status: 'deleted', videoUrl: null, error: null }
  const { status, error } = fileViewOf(row)
  const said = error && { code: error.code, message: inEnglish(error.message) }
  return { fileId, status, videoUrl: signedVideoLink(row), error: said }
}

/** Says why in our words, and whether another try makes sense. What is no error of ours is for the log alone. */
async function told<T>(failures: Failures, work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError)) {
      log().error({ err: error }, 'a step of an Inngest run failed')
      throw failures.later('internal_error', 30)
    }
    const { code, userMessage, retryAfterSeconds = 30 } = error
    const sentence = `${code}: ${inEnglish(userMessage)}`
    throw isRetryable(code) ? failures.later(sentence, retryAfterSeconds) : failures.never(sentence)
  }
}
