import type { Sentence } from '#lib/messages/message'
import type { GenerationInputs } from './generation-inputs.ts'
import type { EditOrder, Kind, MediaType, WorkOrder } from './generation.ts'
import type { AspectRatio, ImageFormat, Resolution } from './model-view.ts'
import { type ErrorCode, hasFields } from './problem.ts'
import type { WaitReason } from './wait.ts'

/** What became of one call to a provider. Only `unknown` may or may not have cost money. */
export const attemptOutcomes = [
  'submitting',
  'accepted',
  'refused',
  'unknown',
  'completed',
  'failed',
  'canceled',
] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** One call to a provider for a video, as the user sees it. */
export interface AttemptView {
  number: number
  provider: string
  providerLabel: string
  /** The model as the provider calls it. */
  model: string
  /** Why this provider: `Via Kie.ai, the cheapest match.` */
  reason: string
  reasonRef?: Sentence
  outcome: AttemptOutcome
  error: { code: ErrorCode; message: string; messageRef?: Sentence } | null
  /** The provider's own id of the job. */
  reference: string | null
  /** Where the owner of the provider's account can look the job up. */
  consoleUrl: string | null
  /** Dollars, in the user's prices; null while unknown. */
  costUsd: number | null
  startedAt: string
  endedAt: string | null
}

/** The five states a user can tell apart. */
export const fileStatuses = ['pending', 'processing', 'completed', 'failed', 'canceled'] as const
export type FileStatus = (typeof fileStatuses)[number]

/** The states of the row itself; finer than the status. */
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

/** The last place in a queue that is counted: the exact number of a later one is of no use. */
export const farthestQueuePlace = 200

/**
 * A file as the browser sees it. Stream, poll and check carry this same shape, made by the same serializer;
 * `version` grows by one with every visible change. Times are ISO 8601 in UTC, sizes bytes and pixels.
 */
export interface FileView {
  id: string
  version: number
  /** What comes of it; `kind` says how it is made: a video or an image by a provider, or an edit by this machine. */
  type: MediaType
  kind: Kind
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
    /** Of an image: what its bytes were asked to be. */
    imageFormat?: ImageFormat
    /** Of an edit: what is done to its inputs. */
    edit?: EditOrder
    /** Of a video made of a finished one, the first of its `sources`: how. */
    work?: WorkOrder
    /** The prompt before it was improved, where it was. */
    promptBefore?: string
    /** The most it may cost, in dollars; null without a limit. */
    maxUsd: number | null
  }
  modelLabel: string
  /** Who makes it, or made it, and why this one. */
  providerLabel: string
  routeReason: string
  routeReasonRef: Sentence
  /** Every call to a provider, the first one first. */
  attempts: AttemptView[]
  /** Takes longer than the model usually does. It continues, and is polled less often. */
  isDelayed: boolean
  /** Made by the local renderer: never to be presented as AI output. */
  isDemo: boolean
  /** 0 to 100 as the provider reports it; null where it reports none. */
  progress: number | null
  /** What it waits for, as a code with parameters; null while nothing is worth saying. */
  wait: WaitReason | null
  /**
   * The same as an English sentence; of a finished one, what the provider says of it. Each `...Ref` is the sentence
   * above it as a message, for words in the reader's language; an older server sends none.
   */
  message: string | null
  messageRef?: Sentence | null
  /** 1 is next; null once it has left the queue. `farthestQueuePlace` stands for all that are behind it. */
  queuePlace: number | null
  /** From this installation's past runs of the model; null before the first. Always an estimate. */
  expected: { seconds: number; p90Seconds: number | null; runs: number } | null
  error: { code: ErrorCode; message: string; messageRef?: Sentence; retryable: boolean } | null
  /** Set once the bytes are in our storage, never before. */
  url: string | null
  posterUrl: string | null
  /** The second of the video whose frame its owner chose as the poster; null for the usual one. */
  posterSeconds: number | null
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
   * Dollars, in the user's prices. `upToUsd` is the most it costs if it falls back to another provider, `providerUsd`
   * the price of the provider that makes it, `actualUsd` that of all its attempts; null while one of theirs is unknown.
   */
  cost: {
    estimatedUsd: number
    upToUsd: number
    providerUsd: number
    actualUsd: number | null
    /** True where the provider reported what it charged; otherwise it is the catalogue price. */
    isReported: boolean
    /** What was held at the start; null where nothing was. */
    heldUsd: number | null
    /** What its owner paid, and what of the hold went back; null while that is not settled. */
    chargedUsd: number | null
    returnedUsd: number | null
  }
  /** False once nothing can stop it any more. */
  canCancel: boolean
  /** True where canceling saves nothing: the provider cannot stop the job and bills it. */
  isBilledAnyway: boolean
  /** The channel whose news the browser rendered first, and how long after the video was ready. */
  deliveredBy: DeliveryChannel | null
  deliveredAfterMs: number | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

/** Whether a body is one of our views: complete, and not another server's answer. */
export function isFileView(value: unknown): value is FileView {
  const fields = { id: 'string', version: 'number', status: 'string', settings: 'object' } as const
  return hasFields(value, fields) && fileStatuses.includes((value as FileView).status)
}

/** Whether nothing more is to come. A late success after `failed` is the one exception, and worth one more look. */
export function isFinal(view: Pick<FileView, 'status'>) {
  return view.status === 'completed' || view.status === 'failed' || view.status === 'canceled'
}

/** One page of a user's files, newest first. `GET /api/file?status=&cursor=&limit=`. */
export interface FilePage {
  files: FileView[]
  /** Hand it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null
}

export function isFilePage(value: unknown): value is FilePage {
  if (!hasFields(value, { files: 'object' })) return false
  const { files } = value as FilePage
  return Array.isArray(files) && files.every(isFileView)
}

const types = [
  'file',
  'render_progress',
  'render_result',
  'task_status',
  'error',
  'news',
  'canvas',
] as const

/**
 * What one SSE message carries: `data: {"type": T, "object": {...}}`. Ours hold a whole `FileView` in `object`
 * (and `render_result` also its `file_url`); servers that speak the older dialect hold parts of it. `news` comes on
 * the channel `user` and holds a `NewsObject`, `canvas` on the channel of a canvas and holds a `CanvasNews`.
 */
export interface FileEvent {
  type: (typeof types)[number]
  object: object
}

export function isFileEvent(value: unknown): value is FileEvent {
  return (
    hasFields(value, { type: 'string', object: 'object' }) &&
    types.includes((value as FileEvent).type)
  )
}

/** The channel that carries the events of a file, or of a canvas. */
export function channelOf(id: string) {
  return id.startsWith('canvas_') ? `canvas.${id}` : `file.${id}`
}

/** The channel of a user's own news. The session names the user, never the channel's name. */
export const newsChannelName = 'user'

/**
 * What became of one file, as far as a list of files cares: it was started, it ended (or was taken up again after
 * its end), it got another poster, it was deleted, moved to the trash or restored, or its user has a new notice of it. A hint to read the
 * truth, so it holds ids and a version and nothing of the content.
 */
export interface FileNews {
  fileId: string
  version: number
  change: 'started' | 'ended' | 'changed' | 'deleted' | 'trashed' | 'restored' | 'told'
  /** The chat it belongs to, where it was started in one. */
  chatId?: string
}

/**
 * The `object` of a `news` message on the channel `user`. Without any change it says that something may have been
 * missed, as at the beginning of each stream: read the list.
 */
export interface NewsObject {
  changes: FileNews[]
}

export function isNewsObject(value: unknown): value is NewsObject {
  const changes = (value as NewsObject | null)?.changes
  return Array.isArray(changes) && changes.every(isFileNews)
}

function isFileNews(value: unknown): value is FileNews {
  return hasFields(value, { fileId: 'string', version: 'number', change: 'string' })
}

/** What starting a generation answers (202), and what `generateVideo` in the browser resolves to. */
export interface VideoGenerationResult {
  success: boolean
  projectId?: string
  requestId?: string
  fileId?: string
  message?: string
  error?: string
  files?: FileView[]
  url?: string
}

export function isVideoGenerationResult(value: unknown): value is VideoGenerationResult {
  return hasFields(value, { success: 'boolean' })
}

/** A change of a video's state, at the provider it was with. `at` is ISO 8601 in UTC. */
export interface TimelineEvent {
  state: GenerationState
  provider: string
  at: string
}

/** `GET /api/file/<id>/timeline`: every change of state, the first one first. */
export interface TimelineAnswer {
  events: TimelineEvent[]
}

export function isTimelineAnswer(value: unknown): value is TimelineAnswer {
  return Array.isArray((value as TimelineAnswer | null)?.events)
}

/** Between two heartbeats of an event stream. Silent for two and a half of them, it counts as dead. */
export const heartbeatMs = 15_000
