import type { EditOrder, KeptWork, Kind } from '#lib/contract/generation'
import type { AspectRatio, ImageFormat, Resolution } from '#lib/contract/model-view'
import type { Sentence } from '#lib/messages/message'
import type { ProviderError } from './provider-error.ts'

/** Anything that survives JSON. What a provider hands us to keep must be of this kind. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What part a picture or film plays in a generation. */
export type InputRole = 'first_frame' | 'last_frame' | 'reference' | 'source_video' | 'source'

/** A picture or film the generation starts from. It is in our storage; `read` brings its bytes (at most 10 MB). */
export interface ProviderInput {
  role: InputRole
  /** As found in the bytes themselves: `image/png`, `video/mp4`. */
  contentType: string
  /** A name that fits the type, `image_4k1....png`. */
  fileName: string
  read(): Promise<Uint8Array<ArrayBuffer>>
  /** Writes its bytes to a file, however many they are; the file is there whole or not at all. */
  writeTo?(path: string): Promise<void>
}

/** What a provider is asked to make. Already validated against the model; sizes in pixels, times in seconds. */
export interface ProviderRequest {
  kind: Kind
  /** The provider's own name of the model. */
  model: string
  prompt: string
  negativePrompt: string | null
  aspectRatio: AspectRatio
  resolution: Resolution
  width: number
  height: number
  /** Zero for an image. */
  durationSeconds: number
  /** Of an image: what its bytes are asked to be. */
  imageFormat?: ImageFormat
  /** Unsigned 32 bit. Always set: where the user gave none, one was drawn at the start and kept. */
  seed: number
  generateAudio: boolean
  inputs: readonly ProviderInput[]
  /** Of an edit: what is done to its inputs. */
  edit?: EditOrder
  /** Of a video that is made of a finished one: how, and the provider's own name of the job that made that. */
  work?: KeptWork
}

/** What a provider is given to work with; it reaches for nothing else of ours. */
export interface ProviderContext {
  fetch: typeof globalThis.fetch
  now(): Date
  /** Aborted when the step's time is up or the process ends. */
  signal: AbortSignal
  /** The address of this attempt's webhook; null where the provider cannot reach us. */
  webhookUrl: string | null
  /**
   * What the generation starts from, with `writeTo`: for a provider on this machine, which may have to begin again
   * where another process has begun.
   */
  inputs?(): Promise<readonly ProviderInput[]>
}

/** A request made ready to submit: uploads are done, the body is written. Opaque JSON, valid for this provider alone. */
export type Prepared = Json

/**
 * What was made, a video or an image: a file on this machine, an address to download it from (hostile input, opened only behind the
 * download guard), or `fetch`: bytes that only the provider's own `fetch` can bring. Of an extension `isSegment` says that it is
 * what was added, without the video before it.
 */
export type ProviderOutput =
  | { kind: 'path'; path: string }
  | { kind: 'url'; url: string; isSegment?: true }
  | { kind: 'fetch' }

/** A job as the provider knows it. `providerJobId` is its own name of the job: what webhooks and consoles speak of. */
export interface ProviderJob {
  operation: Json
  providerJobId?: string
}

export type SubmitResult = ProviderJob | { completed: ProviderOutput }

export type CheckResult =
  | {
      status: 'pending'
      /** 0 to 100, only where the provider reports it. */
      progress?: number
      /** What it is doing, in words for the user. */
      message?: Sentence
      /** The provider's own wish for the next look. */
      checkAgainMs?: number
      /** What to ask with from now on, where a job goes through several steps at the provider. */
      operation?: Json
    }
  | {
      status: 'completed'
      output: ProviderOutput
      /** Micro-dollars, only where the provider reports what it charged. */
      costMicros?: number
      /** What is not as it was asked for, in a sentence for the user; it stays with the video. */
      note?: Sentence
    }
  | { status: 'failed'; error: ProviderError; costMicros?: number }

export interface ProviderHealth {
  state: 'ok' | 'degraded' | 'down'
  /** A plain sentence for the operator. */
  message?: Sentence
  /** What is left on the account, where the provider tells. */
  credits?: { left: number; unit: string }
}

/** A webhook as it came in; `body` is raw, since signatures cover bytes. */
export interface WebhookDelivery {
  headers: Headers
  body: Uint8Array
  now: Date
}

/** A webhook that may be what it says: the job it names, and an id that is the same when it is sent again. */
export interface WebhookNews {
  providerJobId: string
  deliveryId: string
}

/** A message on a provider's own event stream. Never the truth: `isNews` only asks for a `check`. */
export interface ProviderSign {
  progress?: number
  isNews: boolean
}

/**
 * A maker of videos and images. Long work is `prepare`, `submit` and `check` with an opaque JSON `operation` that we store, so
 * that any process can go on after any crash. All methods throw `ProviderError` only; every other error counts as a
 * bug and, in `submit`, as an unknown outcome.
 */
export interface Provider {
  readonly id: string

  /** Its name as users read it. */
  readonly label: string

  /** Where the owner of the account sees its jobs, for the time when only a look there can tell what happened. */
  readonly consoleUrl?: string

  /** True where its base address is on this machine: only then may its links be, too. */
  readonly isOnThisMachine?: boolean

  /** Where a submit is answered with the result itself: how long one may take, and how many may be out at once. */
  readonly longSubmits?: { ms: number; atOnce: number }

  /**
   * Does everything that is free before a submit: signs in, uploads inputs, writes the body. May be repeated. An
   * error here proves that no job was made.
   */
  prepare(request: ProviderRequest, context: ProviderContext): Promise<Prepared>

  /**
   * The one paid call. Made at most once for an idempotency key, and never again unless it is proven that no job was
   * made. Sends nothing before it that could be confused with it.
   */
  submit(
    prepared: Prepared,
    idempotencyKey: string,
    context: ProviderContext,
  ): Promise<SubmitResult>

  /** Looks at a job. Safe to call at any time, any number of times, from any process. */
  check(operation: Json, context: ProviderContext): Promise<CheckResult>

  /** Writes what was made by an operation to `path`, as a stream; there wherever `check` answers `fetch`. */
  fetch?(operation: Json, path: string, context: ProviderContext): Promise<void>

  /**
   * Finds the job that was made for an idempotency key; null where the provider knows of none. Null proves nothing
   * while the submit may still be on its way. Absent where the provider has no way to tell.
   */
  find?(idempotencyKey: string, context: ProviderContext): Promise<ProviderJob | null>

  /**
   * The operation of a job whose name came by webhook before our own commit; null where the provider knows no such
   * job. Absent where the name alone does not lead to a job.
   */
  adopt?(
    providerJobId: string,
    request: Pick<ProviderRequest, 'model' | 'resolution' | 'work'>,
    context: ProviderContext,
  ): Promise<{ operation: Json } | null>

  /** Stops a job. Absent where the provider cannot; then the job is paid for whatever we do. */
  cancel?(operation: Json, context: ProviderContext): Promise<void>

  /** Headers for one hop of a download. The key goes to the provider's own origin only. */
  headersFor?(url: URL): Record<string, string>

  /** The provider's own event stream of a job: a hint to look sooner. Ends when the signal is aborted. */
  watch?(operation: Json, context: ProviderContext): AsyncIterable<ProviderSign>

  /** Deletes what the provider keeps on this machine, once the bytes are in our storage. */
  releaseProviderFiles?(operation: Json): Promise<void>

  /** Which job a webhook names; null where it is forged, too old or not understood. The rest is never trusted. */
  readWebhook?(delivery: WebhookDelivery): WebhookNews | null

  health(context: ProviderContext): Promise<ProviderHealth>

  /** Ends what the provider runs on this machine, because the process ends. Nothing is lost by it. */
  close?(): Promise<void>
}
