import type { AspectRatio, Resolution } from '#lib/contract/video-format'
import type { ProviderError } from './provider-error.ts'

/** Anything that survives JSON. What a provider hands us to keep must be of this kind. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

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
}

/** One finished video: a file that lies on this machine. */
export type ProviderOutput = { kind: 'path'; path: string }

export type StartResult = { operation: Json } | { completed: ProviderOutput }

export type CheckResult =
  | {
      status: 'pending'
      /** 0 to 100, only where the provider reports it. */
      progress?: number
      /** What it is doing, in words for the user. */
      message?: string
      /** The provider's own wish for the next look. */
      checkAgainMs?: number
    }
  | { status: 'completed'; output: ProviderOutput; costUsd?: number }
  | { status: 'failed'; error: ProviderError }

export interface ProviderHealth {
  state: 'ok' | 'degraded' | 'down'
  message?: string
}

/**
 * A maker of videos. Long work is `start` + `check` with an opaque JSON `operation` that we store, so that any
 * process can go on after any crash. Both throw `ProviderError` only; every other error counts as a bug and,
 * in `start`, as an unknown outcome.
 */
export interface Provider {
  readonly id: string

  /** Begins a paid job. Called at most once a token, never again unless it is proven that no job was made. */
  start(request: ProviderRequest, context: ProviderContext): Promise<StartResult>

  /** Looks at a job. Safe to call at any time, any number of times, from any process. */
  check(operation: Json, context: ProviderContext): Promise<CheckResult>

  /**
   * Finds the job a token made: its operation, or null where it is proven that there is none.
   * Absent where the provider has no way to tell; then only a callback or the user decides.
   */
  find?(token: string, context: ProviderContext): Promise<{ operation: Json } | null>

  /** Stops a job. Absent where the provider cannot; then the job is paid for whatever we do. */
  cancel?(operation: Json, context: ProviderContext): Promise<void>

  /** Lets go of what the provider keeps on this machine, once the bytes rest in our storage. */
  release?(operation: Json): Promise<void>

  /** Which job a callback speaks of; null where it is forged or not understood. The rest of it is never believed. */
  readWebhook?(headers: Headers, body: Uint8Array): { reference: string } | null

  health(context: ProviderContext): Promise<ProviderHealth>

  /** Ends what the provider runs on this machine, because the process ends. Nothing is lost by it. */
  close?(): Promise<void>
}
