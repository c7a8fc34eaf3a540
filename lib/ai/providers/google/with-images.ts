import { message } from '#lib/messages/message'
import { z } from 'zod'
import { openCall, readJson } from '../http-call.ts'
import { ProviderError } from '../provider-error.ts'
import type {
  Json,
  Prepared,
  Provider,
  ProviderContext,
  ProviderJob,
  SubmitResult,
} from '../provider.ts'
import { refusalOf } from './google-error.ts'
import type { GoogleCall } from './google-wire.ts'
import { imageBody, imageBodySchema, makesImages } from './image-request.ts'
import { type ImageAnswer, imageResult } from './image-result.ts'
import { keptAnswers } from './kept-answers.ts'

/** A request for an image, ready to submit. */
const preparedSchema = z.object({
  dialect: z.literal('content'),
  model: z.string(),
  body: imageBodySchema,
})

/** An image is known by the idempotency key of its attempt: its answer was written down under it. */
const operationSchema = z.object({ dialect: z.literal('content'), key: z.string().min(1) })

// The largest images take a minute or two. Node itself gives up at five.
const longestAnswerMs = 280_000

interface ImageMakerOptions {
  /** Where the answers are kept. Several processes may share it. */
  directory: string
  /** The call of a `generateContent` with a body. */
  callOf(model: string, body: Json, context: ProviderContext): Promise<GoogleCall> | GoogleCall
  /** Whether the API takes what the bytes are to be. */
  takesFormat: boolean
}

/**
 * A provider of Google's videos that makes images too, by `generateContent`: one paid call that is answered with the
 * image, and leaves nothing at Google that could be looked at later. So its answer is written down as it comes, and what
 * is looked at afterwards, by any process, is that. A lost answer stays lost: the outcome is unknown.
 */
export function withImages(videos: Provider, options: ImageMakerOptions): Provider {
  const { label } = videos
  const answers = keptAnswers(label, options.directory)

  return {
    ...videos,
    longSubmits: { ms: 300_000, atOnce: 100 },

    async prepare(request, context): Promise<Prepared> {
      if (!makesImages(request.model)) return videos.prepare(request, context)
      await answers.makeRoom()
      const body = await imageBody(label, request, options)
      return { dialect: 'content', model: request.model, body }
    },

    async submit(prepared, key, context): Promise<SubmitResult> {
      const ready = preparedSchema.safeParse(prepared)
      if (!ready.success) return videos.submit(prepared, key, context)
      const { url, ...call } = await options.callOf(ready.data.model, ready.data.body, context)
      const paid = { ...call, isSubmit: true, timeoutMs: longestAnswerMs }
      const kept = await openCall(label, url, paid, context, async (answer) => {
        if (answer.status >= 200 && answer.status < 300) return answers.keep(key, answer)
        throw refusalOf(label, await readJson(answer, context.now()), 'submit')
      })
      return jobOf(key, kept)
    },

    async check(operation, context) {
      const image = operationSchema.safeParse(operation)
      if (!image.success) return videos.check(operation, context)
      const { key } = image.data
      const answer = await answers.read(key)
      if (!answer) throw answerGone(label)
      return imageResult(label, answer, answers.imagePathOf(key))
    },

    /** Of images alone: their answers are on this machine. */
    async find(key) {
      const answer = await answers.read(key)
      return answer && jobOf(key, answer)
    },

    async releaseProviderFiles(operation) {
      const image = operationSchema.safeParse(operation)
      if (image.success) await answers.remove(image.data.key)
    },
  }
}

function jobOf(key: string, { responseId }: ImageAnswer): ProviderJob {
  const operation = { dialect: 'content', key }
  return { operation, ...(responseId && { providerJobId: responseId }) }
}

/** It is on another machine, or was removed. */
function answerGone(label: string) {
  return new ProviderError('not_found_or_expired', {
    submitOutcome: 'job_made',
    retryable: false,
    userMessage: message('provider.imageGone'),
    logMessage: `${label}: the answer with the image is not on this machine`,
  })
}
