import type * as Inngest from 'inngest'
import { isFileId } from '../../ids.ts'
import { env } from '../../env.ts'
import { wakes } from '../../generations/engine/worker.ts'
import { studioAddress } from '../../people/studio-address.ts'
import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'
import { videoEvent } from './event.ts'
import { makeVideo } from './make-video.ts'

type Handler = (request: Request) => Promise<Response>

/** Answers what Inngest asks; undefined where this studio has none. What it takes is loaded with the first question. */
export function servedFunctions(): Promise<Handler> | undefined {
  const { INNGEST_SIGNING_KEY } = env()
  if (!INNGEST_SIGNING_KEY) return undefined
  return processWide('inngest', makeHandler)
}

async function makeHandler(): Promise<Handler> {
  const [library, { serve }] = await Promise.all([import('inngest'), import('inngest/edge')])
  const client = clientOf(library)
  const makesVideo = functionOfVideos(client, library)
  const address = new URL(studioAddress())
  return serve({
    client,
    functions: env().JOBS === 'inngest' ? [makesVideo, ...functionsOfWakes(client)] : [makesVideo],
    // Registered at the studio's own address alone, whatever a request says it came to.
    serveOrigin: address.origin,
    servePath: `${address.pathname.replace(/\/$/, '')}/api/inngest`,
    enableUnauthedSync: false,
    streaming: false,
  })
}

type Library = typeof Inngest
type Client = InstanceType<Library['Inngest']>

/**
 * What the library has to say, as much as fits a line. It calls every stranger without a signature an error, with its
 * stack; what goes wrong within a step of ours is logged there.
 */
const quiet = {
  debug: () => {},
  info: (...said: unknown[]) => note(said),
  warn: (...said: unknown[]) => note(said),
  error: (...said: unknown[]) => note(said),
}

function note(said: unknown[]) {
  const text = said.find((one) => typeof one === 'string')
  const reason = said.find((one) => one instanceof Object && 'err' in one) as { err?: unknown }
  log().info(
    { reason: reason?.err instanceof Error ? reason.err.message : undefined, text },
    'Inngest',
  )
}

/** In the one mode that checks every signature, whatever `INNGEST_DEV` says. */
function clientOf({ Inngest }: Library): Client {
  const set = env()
  const fallback = set.INNGEST_SIGNING_KEY_FALLBACK
  return new Inngest({
    id: 'photofinish',
    isDev: false,
    signingKey: set.INNGEST_SIGNING_KEY!,
    ...(fallback && { signingKeyFallback: fallback }),
    ...(set.INNGEST_EVENT_KEY && { eventKey: set.INNGEST_EVENT_KEY }),
    ...(set.INNGEST_BASE_URL && { baseUrl: set.INNGEST_BASE_URL }),
    logger: quiet,
    internalLogger: quiet,
  })
}

function functionOfVideos(client: Client, { NonRetriableError, RetryAfterError }: Library) {
  const failures = {
    later: (message: string, seconds: number) => new RetryAfterError(message, seconds * 1000),
    never: (message: string) => new NonRetriableError(message),
  }
  return client.createFunction(
    { id: 'video-generate', triggers: [{ event: videoEvent }], retries: 10, checkpointing: false },
    ({ event, step }) => makeVideo(event, step, failures),
  )
}

/** What wakes generations where `JOBS` is `inngest`. The rows are the truth: what fails here is found by the sweep. */
function functionsOfWakes(client: Client) {
  return wakes.map(({ queue, name, atOnce, onWake }) =>
    client.createFunction(
      {
        id: `advance-${queue}`,
        triggers: [{ event: name }],
        concurrency: { limit: atOnce },
        retries: 0,
        checkpointing: false,
      },
      async ({ event }) => {
        const { fileId } = event.data as Record<string, unknown>
        if (typeof fileId === 'string' && isFileId(fileId)) await onWake(fileId)
      },
    ),
  )
}
