import { z } from 'zod'
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
  version: z.int().positive(),
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
    negativePrompt: z.string().nullable(),
    generateAudio: z.boolean(),
  }),
  modelLabel: z.string(),
  isDemo: z.boolean(),
  /** 0 to 100 as the provider reports it; null where it reports none. */
  progress: z.number().min(0).max(100).nullable(),
  /** What is being done right now, in words. */
  message: z.string().nullable(),
  /** 1 is next; null once it has left the queue. */
  queuePlace: z.int().positive().nullable(),
  /** From this installation's past runs of the model; null before the first. Always an estimate. */
  expected: z.object({ seconds: z.number(), runs: z.int() }).nullable(),
  error: z
    .object({ code: errorCodeSchema, message: z.string(), retryable: z.boolean() })
    .nullable(),
  /** Set once the bytes rest in our storage, never before. */
  url: z.string().nullable(),
  posterUrl: z.string().nullable(),
  /** One JPEG of `filmstripFrames` frames side by side. */
  filmstripUrl: z.string().nullable(),
  filmstripFrames: z.int().nullable(),
  contentType: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  sha256: z.string().nullable(),
  width: z.int(),
  height: z.int(),
  durationSeconds: z.number().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  cost: z.object({ estimatedUsd: z.number(), actualUsd: z.number().nullable() }),
  /** False once nothing can stop it any more. */
  canCancel: z.boolean(),
  /** The channel whose news the browser rendered first, and how long after the video was ready. */
  deliveredBy: z.enum(deliveryChannels).nullable(),
  deliveredAfterMs: z.int().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})
export type FileView = z.infer<typeof fileViewSchema>

/** Whether nothing more is to come. A late success after `failed` is the one exception, and worth one more look. */
export function isFinal(view: Pick<FileView, 'status'>) {
  return view.status === 'completed' || view.status === 'failed' || view.status === 'canceled'
}
