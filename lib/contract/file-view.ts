import * as z from 'zod/mini'
import { errorCodeSchema } from './error-code.ts'
import { aspectRatios, resolutions } from './video-format.ts'

/** The five states a user can tell apart. */
export const fileStatuses = ['pending', 'processing', 'completed', 'failed', 'canceled'] as const
export type FileStatus = (typeof fileStatuses)[number]

/** The states of the row itself; finer than the status, for those who want to know where exactly a video is. */
export const generationStates = [
  'queued',
  'submitting',
  'waiting',
  'storing',
  'submit_unknown',
  'completed',
  'failed',
  'canceled',
] as const
export type GenerationState = (typeof generationStates)[number]

/** The channels a finished video can reach the browser by. */
export const deliveryChannels = ['sse', 'poll', 'check'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

/**
 * A file as the browser sees it. Stream, poll and check carry this same shape, made by the same serializer;
 * `version` grows by one with every visible change. Times are ISO 8601 in UTC, sizes bytes and pixels.
 */
export const fileViewSchema = z.object({
  id: z.string(),
  version: z.int(),
  type: z.literal('video'),
  status: z.enum(fileStatuses),
  state: z.enum(generationStates),
  settings: z.object({
    prompt: z.string(),
    model: z.string(),
    aspectRatio: z.enum(aspectRatios),
    duration: z.number(),
    resolution: z.enum(resolutions),
    /** The seed that was used, also where the user gave none. */
    seed: z.number(),
    negativePrompt: z.nullable(z.string()),
    generateAudio: z.boolean(),
  }),
  modelLabel: z.string(),
  isDemo: z.boolean(),
  /** 0 to 100 as the provider reports it; null where it reports none. */
  progress: z.nullable(z.number()),
  /** What is being done right now, in words. */
  message: z.nullable(z.string()),
  /** 1 is next; null once it has left the queue. */
  queuePlace: z.nullable(z.int()),
  /** From this installation's past runs of the model; null before the first. Always an estimate. */
  expected: z.nullable(z.object({ seconds: z.number(), runs: z.int() })),
  error: z.nullable(
    z.object({ code: errorCodeSchema, message: z.string(), retryable: z.boolean() }),
  ),
  /** Set once the bytes rest in our storage, never before. */
  url: z.nullable(z.string()),
  posterUrl: z.nullable(z.string()),
  /** One JPEG of `filmstripFrames` frames side by side. */
  filmstripUrl: z.nullable(z.string()),
  filmstripFrames: z.nullable(z.int()),
  contentType: z.nullable(z.string()),
  sizeBytes: z.nullable(z.int()),
  sha256: z.nullable(z.string()),
  width: z.int(),
  height: z.int(),
  durationSeconds: z.nullable(z.number()),
  videoCodec: z.nullable(z.string()),
  audioCodec: z.nullable(z.string()),
  cost: z.object({ estimatedUsd: z.number(), actualUsd: z.nullable(z.number()) }),
  /** False once nothing can stop it any more. */
  canCancel: z.boolean(),
  /** The channel whose news the browser rendered first, and how long after the video was ready. */
  deliveredBy: z.nullable(z.enum(deliveryChannels)),
  deliveredAfterMs: z.nullable(z.int()),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  finishedAt: z.nullable(z.string()),
})
export type FileView = z.infer<typeof fileViewSchema>

/** Whether nothing more is to come. A late success after `failed` is the one exception, and worth one more look. */
export function isFinal(view: Pick<FileView, 'status'>) {
  return view.status === 'completed' || view.status === 'failed' || view.status === 'canceled'
}
