import type { AttemptView } from './attempt-view.ts'
import type { ErrorCode } from './error-code.ts'
import type { GenerationInputs } from './generation-inputs.ts'
import { hasFields } from './has-fields.ts'
import type { AspectRatio, Resolution } from './video-format.ts'
import type { WaitReason } from './wait.ts'

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
export interface FileView {
  id: string
  version: number
  type: 'video'
  status: FileStatus
  state: GenerationState
  settings: {
    prompt: string
    model: string
    aspectRatio: AspectRatio
    /** Seconds. */
    duration: number
    resolution: Resolution
    /** The seed that was used, also where the user gave none. */
    seed: number
    negativePrompt: string | null
    generateAudio: boolean
    inputs: GenerationInputs
    /** The most it may cost, in dollars; null without a limit. */
    maxUsd: number | null
  }
  modelLabel: string
  /** Who makes it, or made it, and why this one. */
  providerLabel: string
  routeReason: string
  /** Every call to a provider, the first one first. */
  attempts: AttemptView[]
  /** Takes longer than this model is given; it goes on all the same, and is looked at more slowly. */
  isDelayed: boolean
  /** Made by the local renderer, and never to be passed off as AI output. */
  isDemo: boolean
  /** 0 to 100 as the provider reports it; null where it reports none. */
  progress: number | null
  /** What it waits for, as a code with parameters; null while nothing is worth saying. */
  wait: WaitReason | null
  /** The same as an English sentence; of a finished one, what the provider says of it. */
  message: string | null
  /** 1 is next; null once it has left the queue. */
  queuePlace: number | null
  /** From this installation's past runs of the model; null before the first. Always an estimate. */
  expected: { seconds: number; p90Seconds: number | null; runs: number } | null
  error: { code: ErrorCode; message: string; retryable: boolean } | null
  /** Set once the bytes rest in our storage, never before. */
  url: string | null
  posterUrl: string | null
  /** One JPEG of `filmstripFrames` frames side by side. */
  filmstripUrl: string | null
  filmstripFrames: number | null
  contentType: string | null
  sizeBytes: number | null
  sha256: string | null
  width: number
  height: number
  durationSeconds: number | null
  videoCodec: string | null
  audioCodec: string | null
  /**
   * Dollars. `upToUsd` is what it may come to where another provider has to step in, `providerUsd` what the provider
   * takes that has it in hand.
   */
  cost: {
    estimatedUsd: number
    upToUsd: number
    providerUsd: number
    actualUsd: number | null
    /** True where the provider itself told what it charged; else it is the price of the catalogue. */
    isReported: boolean
  }
  /** False once nothing can stop it any more. */
  canCancel: boolean
  /** True where stopping now saves nothing: the provider cannot stop, and bills all the same. */
  isBilledAnyway: boolean
  /** The channel whose news the browser rendered first, and how long after the video was ready. */
  deliveredBy: DeliveryChannel | null
  deliveredAfterMs: number | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

/** Whether what came over the wire is one of our views, and not half of one or somebody else's answer. */
export function isFileView(value: unknown): value is FileView {
  const fields = { id: 'string', version: 'number', status: 'string', settings: 'object' } as const
  return hasFields(value, fields) && fileStatuses.includes((value as FileView).status)
}

/** Whether nothing more is to come. A late success after `failed` is the one exception, and worth one more look. */
export function isFinal(view: Pick<FileView, 'status'>) {
  return view.status === 'completed' || view.status === 'failed' || view.status === 'canceled'
}
