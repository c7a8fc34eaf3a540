import { hash } from 'node:crypto'
import { z } from 'zod'
import { imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { generationsOfKeys } from '../../generations/start/idempotency.ts'
import { startGeneration } from '../../generations/start/start.ts'
import { readJson } from '../../http/read-body.ts'
import { assertStillMay } from '../../people/still-may.ts'
import { parsed } from '../../read-input.ts'
import { withKey } from '../program-caller.ts'
import { asOpenJourney, success } from './answers.ts'
import { keepPicture } from './picture.ts'

/** A picture in base64, and the rest. */
const bodyMaxBytes = Math.ceil((imageMaxBytes * 4) / 3) + 64 * 1024

/** For how long the same order without an `Idempotency-Key` is the same order. */
const sameForMs = 30_000

const orderSchema = z.strictObject({
  prompt: z.unknown().optional(),
  image: z.string().nullish(),
  /** What OpenJourney itself calls it. */
  imageBytes: z.string().nullish(),
  aspectRatio: z.unknown().optional(),
  model: z.string().nullish(),
  quality: z.enum(['fast', 'standard', 'high', '480p', '720p', '1080p']).nullish(),
  /** OpenJourney sends its user's key of a provider: it is not ours, and is not read. */
  apiKey: z.unknown().optional(),
})
type Order = z.output<typeof orderSchema>

const wanted = {
  image: message('openjourney.image'),
  imageBytes: message('openjourney.image'),
  model: message('request.modelId'),
  quality: message('request.chooseOf', {
    options: 'fast, standard, high, 480p, 720p, 1080p',
  }),
}

/**
 * `POST /api/openjourney/generate`: starts a video and answers its task at once. The idempotency key is the client's own,
 * taken as it is, so that the same key means the same video through every door. Without one the key is a hash of the
 * order, which holds for half a minute: its client has none, and a click or a proxy may send an order twice.
 */
export async function generate(request: Request) {
  return asOpenJourney(await start(request), request)
}

const start = withKey(async (request, caller) => {
  const order = parsed(orderSchema, await readJson(request, bodyMaxBytes), wanted)
  const given = request.headers.get('idempotency-key')
  const body = await bodyOf(order, caller).catch(async (error: unknown) => {
    // What was started stays started, also when its picture is not to be had any more.
    const [earlier] =
      given === null ? [] : await generationsOfKeys(caller.ownerId, [given], new Date())
    if (earlier === undefined) throw error
    return earlier
  })
  // A body and its picture take as long as their senders like.
  await assertStillMay(caller)
  if (typeof body === 'string') return success({ taskId: body }, 202)
  const row = await startGeneration({
    caller,
    body,
    idempotencyKey: given ?? keyOf(body, caller),
    ...(given === null && { keyKeptMs: sameForMs }),
    origin: { door: 'openjourney', place: null },
  })
  return success({ taskId: row.id }, 202)
})

/** The order as every door starts it. */
async function bodyOf(order: Order, caller: Caller) {
  const { prompt, aspectRatio, model, quality } = order
  const image = order.image ?? order.imageBytes
  const asked = {
    prompt,
    aspectRatio: aspectRatio ?? undefined,
    ...(quality && qualities[quality]),
    ...(model && { model }),
    inputs: image ? { firstFrame: await keepPicture(caller, image) } : undefined,
  }
  // What is not asked for is not there: so the order is the same one through every door.
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

/** Fast and high are the two of Veo 3.1; the rest is made by the model that the studio uses by default. */
const qualities: Record<NonNullable<Order['quality']>, object> = {
  fast: { model: 'veo-3.1-fast' },
  standard: {},
  high: { model: 'veo-3.1' },
  '480p': { resolution: '480p' },
  '720p': { resolution: '720p' },
  '1080p': { resolution: '1080p' },
}

/** Of one API key: two programs of an account that ask for the same want two. */
function keyOf(body: object, { keyId }: Caller) {
  return `openjourney-${hash('sha256', `${keyId}\n${JSON.stringify(body)}`)}`
}
