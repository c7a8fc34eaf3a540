import { dimensionsOf } from '#lib/contract/model-view'
import { type Emulator, type Answer, startEmulator } from '../../../../tests/emulators/emulator.ts'
import { ProviderError } from '../provider-error.ts'
import type {
  InputRole,
  Json,
  Provider,
  ProviderContext,
  ProviderRequest,
  SubmitResult,
} from '../provider.ts'

/** Eight seconds of Veo, with nothing but a prompt, unless told otherwise. */
export function googleRequest(changes: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    kind: 'video',
    model: 'veo-3.1-generate-001',
    prompt: 'a fox',
    negativePrompt: null,
    aspectRatio: '16:9',
    resolution: '720p',
    ...dimensionsOf('16:9', '720p'),
    durationSeconds: 8,
    seed: 0xfffffff0,
    generateAudio: true,
    inputs: [],
    ...changes,
  }
}

/** A picture whose bytes are its role, and their base64. */
export function picture(role: InputRole) {
  const bytes = new TextEncoder().encode(role)
  const input = { role, contentType: 'image/png', fileName: `${role}.png`, read: async () => bytes }
  return { input, base64: Buffer.from(bytes).toString('base64') }
}

/** A picture that our storage does not give. */
export const lostPicture = {
  ...picture('first_frame').input,
  read: () => Promise.reject(new Error('storage is away')),
}

export function googleContext(changes: Partial<ProviderContext> = {}): ProviderContext {
  return {
    fetch: globalThis.fetch,
    now: () => new Date(),
    signal: new AbortController().signal,
    webhookUrl: null,
    ...changes,
  }
}

/** Prepares and submits a request, in one go. */
export async function begin(
  provider: Provider,
  request: ProviderRequest,
  context = googleContext(),
): Promise<SubmitResult> {
  const prepared = await provider.prepare(request, context)
  return provider.submit(JSON.parse(JSON.stringify(prepared)), 'key_1', context)
}

/** The operation of a job that was submitted. */
export async function operationOf(provider: Provider, request: ProviderRequest): Promise<Json> {
  const started = await begin(provider, request)
  if (!('operation' in started)) throw new Error('no operation')
  return started.operation
}

/** The error a provider throws, or, of a check, the one it answers. */
export async function errorOf(work: Promise<unknown>): Promise<ProviderError> {
  const result: unknown = await work.catch((error: unknown) => ({ error }))
  const error = (result as { error?: unknown }).error
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`)
  return error
}

/** A server that answers every request in the same way. */
export function startAnswering(answer: Answer): Promise<Emulator> {
  return startEmulator('scripted', () => async () => answer)
}

/** What Google says of an account that cannot do this, whatever the settings. */
export const notSetUp = [
  'User location is not supported for the API use.',
  'Billing is not enabled for this project.',
]

/** A refusal of Google's by `FAILED_PRECONDITION`. */
export function preconditionFailed(message: string): Answer {
  return {
    status: 400,
    json: { error: { code: 400, message, status: 'FAILED_PRECONDITION', details: [] } },
  }
}
