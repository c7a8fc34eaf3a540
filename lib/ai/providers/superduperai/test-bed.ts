import { dimensionsOf } from '#lib/contract/model-view'
import {
  type SuperDuperAiEmulatorOptions,
  startSuperDuperAiEmulator,
} from '../../../../tests/emulators/superduperai-emulator.ts'
import { ProviderError } from '../provider-error.ts'
import type {
  CheckResult,
  Json,
  Provider,
  ProviderContext,
  ProviderRequest,
  SubmitResult,
} from '../provider.ts'
import { createSuperDuperAiProvider } from './superduperai-provider.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

const token = 'superduperai-test-token'

/** An emulated SuperDuperAI and a provider that talks to it. Call `close` at the end. */
export async function createTestbed(options: SuperDuperAiEmulatorOptions = {}) {
  const emulator = await startSuperDuperAiEmulator({ token, ...options })
  const account = { token, baseUrl: emulator.url }
  const createProvider = (differences = {}) =>
    createSuperDuperAiProvider({ ...account, ...differences })
  return { emulator, account, createProvider, provider: createProvider(), close: emulator.close }
}

export function testContext(changes: Partial<ProviderContext> = {}): ProviderContext {
  return {
    fetch: globalThis.fetch,
    now: () => new Date(),
    signal: new AbortController().signal,
    webhookUrl: null,
    ...changes,
  }
}

/** A context whose SuperDuperAI answers every request with this. */
export function contextAnswering(body: unknown, status = 200): ProviderContext {
  return testContext({ fetch: async () => Response.json(body, { status }) })
}

/** LTX, 5 seconds, 16:9 in 480p, unless told otherwise. */
export function testRequest(changes: Partial<ProviderRequest> = {}): ProviderRequest {
  const { aspectRatio = '16:9', resolution = '480p' } = changes
  return {
    kind: 'video',
    model: 'comfyui/ltx',
    prompt: 'a fox',
    negativePrompt: null,
    aspectRatio,
    resolution,
    ...dimensionsOf(aspectRatio, resolution),
    durationSeconds: 5,
    seed: 4_000_000_123,
    generateAudio: false,
    inputs: [],
    ...changes,
  }
}

/** Prepares and submits a request, in one go. */
export async function begin(
  provider: Provider,
  request: ProviderRequest,
  context = testContext(),
): Promise<SubmitResult> {
  const prepared = await provider.prepare(request, context)
  return provider.submit(JSON.parse(JSON.stringify(prepared)), 'key_1', context)
}

/** Submits a job; answers what would be stored, as it comes back from storage. */
export async function start(provider: Provider, request: ProviderRequest): Promise<Json> {
  const result = await begin(provider, request)
  if (!('operation' in result)) throw new Error('no operation')
  return JSON.parse(JSON.stringify(result.operation))
}

/** Looks until the job is at an end; answers all that was seen. */
export async function follow(provider: Provider, operation: Json) {
  const seen: CheckResult[] = []
  await waitUntil(async () => {
    seen.push(await provider.check(operation, testContext()))
    return seen.at(-1)!.status !== 'pending'
  })
  return seen
}

/** The `ProviderError` that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`)
  return error
}
