import type { AspectRatio, Resolution } from '#lib/contract/video-format'
import type { ProviderError } from './provider-error.ts'

/** Anything that survives JSON. What a provider hands us to keep must be of this kind. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What part a picture or film plays in a generation. */
export type InputRole = 'first_frame' | 'last_frame' | 'reference' | 'source_video'

/** A picture or film the generation starts from. It rests in our storage; `read` brings its bytes (at most 10 MB). */
export interface ProviderInput {
  role: InputRole
  /** `image/png`, `image/jpeg`, `image/webp` or `video/mp4`, found in the bytes themselves. */
  contentType: string
  /** A name that fits the type, `image_4k1....png`. */
  fileName: string
  read(): Promise<Uint8Array<ArrayBuffer>>
}

/** What a provider is asked to make. Already validated against the model; sizes in pixels, times in seconds. */
export interface ProviderRequest {
  /** The provider's own name of the model. */
  model: string
  prompt: string
  negativePrompt: string | null
  aspectRatio: AspectRatio
  resolution: Resolution
  width: number
  height: number
  durationSeconds: number
  /** Unsigned 32 bit. Always set: where the user gave none, one was drawn at the start and kept. */
  seed: number
  generateAudio: boolean
  inputs: readonly ProviderInput[]
}

/** What a provider is given to work with; it reaches for nothing else of ours. */
export interface ProviderContext {
  fetch: typeof globalThis.fetch
  now(): Date
  /** Aborted when the step's time is up or the process ends. */
  signal: AbortSignal
  /** Where the provider may knock when it is done; null where we cannot be reached from outside. */
  callbackUrl: string | null
  /** One token an attempt, stored before the call: the idempotency key towards the provider. */
  token: string
  /**
   * Told by `start` how far it is: `preparing` (uploads, sign-in) while nothing that is paid for can have gone out,
   * `submitting` right before it does. Where it is told nothing, a `start` that does not come to its end may have done.
   */
  onStage?(stage: 'preparing' | 'submitting'): void
}

/**
 * One finished video: a file that lies on this machine, an address to download it from (hostile input, opened only
 * behind the guard of `lib/media`), or `handover`: bytes the provider itself writes down in `handOver`.
 */
export type ProviderOutput =
  | { kind: 'path'; path: string }
  | { kind: 'url'; url: string }
  | { kind: 'handover' }

/** `reference` is the provider's own id of the job: what callbacks speak of and the operator can look for. */
export type StartResult = { operation: Json; reference?: string } | { completed: ProviderOutput }

export type CheckResult =
  | {
      status: 'pending'
      /** 0 to 100, only where the provider reports it. */
      progress?: number
      /** What it is doing, in words for the user. */
      message?: string
      /** The provider's own wish for the next look. */
      checkAgainMs?: number
      /** What to ask with from now on, where a job goes through several steps at the provider. */
      operation?: Json
    }
  | {
      status: 'completed'
      output: ProviderOutput
      /** Dollars, only where the provider reports what it charged. */
      costUsd?: number
      /** What is not as it was asked for, in a sentence for the user; it stays with the video. */
      note?: string
    }
  | { status: 'failed'; error: ProviderError; costUsd?: number }

export interface ProviderHealth {
  state: 'ok' | 'degraded' | 'down'
  /** A plain sentence for the operator. */
  message?: string
  /** What is left on the account, where the provider tells. */
  credits?: { left: number; unit: string }
}

/** A callback as it came in; `body` is raw, since signatures cover bytes. */
export interface WebhookDelivery {
  headers: Headers
  body: Uint8Array
  now: Date
}

/** A callback that may be what it says: the job it speaks of, and an id that is the same when it is sent again. */
export interface WebhookNews {
  reference: string
  deliveryId: string
}

/** A sign of life on a provider's own event stream. Never the truth: `isNews` only asks for a `check`. */
export interface ProviderSign {
  progress?: number
  isNews: boolean
}

/**
 * A maker of videos. Long work is `start` + `check` with an opaque JSON `operation` that we store, so that any
 * process can go on after any crash. All methods throw `ProviderError` only; every other error counts as a bug and,
 * in `start`, as an unknown outcome.
 */
export interface Provider {
  readonly id: string

  /** Its name as users read it. */
  readonly label: string

  /** Where the owner of the account sees its jobs, for the time when only a look there can tell what happened. */
  readonly consoleUrl?: string

  /** True where its base address is on this machine: only then may its links be, too. */
  readonly isOnThisMachine?: boolean

  /** Begins a paid job. Called at most once a token, never again unless it is proven that no job was made. */
  start(request: ProviderRequest, context: ProviderContext): Promise<StartResult>

  /** Looks at a job. Safe to call at any time, any number of times, from any process. */
  check(operation: Json, context: ProviderContext): Promise<CheckResult>

  /**
   * Finds the job a token made: its operation, or null where it is proven that there is none.
   * Absent where the provider has no way to tell; then only a callback or the user decides.
   */
  find?(
    token: string,
    context: ProviderContext,
  ): Promise<{ operation: Json; reference?: string } | null>

  /**
   * The operation of a job whose reference came by callback before our own commit; null where the provider knows no
   * such job. Absent where a reference alone does not lead to a job.
   */
  adopt?(
    reference: string,
    request: Pick<ProviderRequest, 'model' | 'resolution'>,
    context: ProviderContext,
  ): Promise<{ operation: Json } | null>

  /** Stops a job. Absent where the provider cannot; then the job is paid for whatever we do. */
  cancel?(operation: Json, context: ProviderContext): Promise<void>

  /** Writes the finished video of an operation to `path`; there wherever `check` answers `handover`. */
  handOver?(operation: Json, path: string, context: ProviderContext): Promise<void>

  /** Headers for one hop of a download. The key goes to the provider's own origin and to nobody else. */
  headersFor?(url: URL): Record<string, string>

  /** The provider's own event stream of a job: a hint that makes us look sooner. Ends when the signal is aborted. */
  watch?(operation: Json, context: ProviderContext): AsyncIterable<ProviderSign>

  /** Lets go of what the provider keeps on this machine, once the bytes rest in our storage. */
  release?(operation: Json): Promise<void>

  /** Which job a callback speaks of; null where it is forged, too old or not understood. The rest is never believed. */
  readWebhook?(delivery: WebhookDelivery): WebhookNews | null

  health(context: ProviderContext): Promise<ProviderHealth>

  /** Ends what the provider runs on this machine, because the process ends. Nothing is lost by it. */
  close?(): Promise<void>
}
