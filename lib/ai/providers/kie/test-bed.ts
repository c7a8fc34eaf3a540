import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { dimensionsOf } from '#lib/contract/model-view'
import {
  type KieEmulatorOptions,
  startKieEmulator,
} from '../../../../tests/emulators/kie/kie-emulator.ts'
import { ProviderError } from '../provider-error.ts'
import type {
  CheckResult,
  InputRole,
  Json,
  Provider,
  ProviderContext,
  ProviderInput,
  ProviderRequest,
  SubmitResult,
} from '../provider.ts'
import { createKieProvider } from './kie-provider.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

const apiKey = 'kie-test-key'

/** An emulated Kie and a provider that talks to it. Call `close` at the end. */
export async function createTestbed(options: KieEmulatorOptions = {}) {
  const emulator = await startKieEmulator({ apiKey, ...options })
  const createProvider = (key = apiKey) =>
    createKieProvider({
      apiKey: key,
      baseUrl: emulator.url,
      uploadUrl: emulator.url,
      webhookHmacKey: options.webhookHmacKey,
    })
  return { emulator, createProvider, provider: createProvider(), close: emulator.close }
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

/** A context whose Kie answers every request with this envelope. */
export function contextAnswering(envelope: unknown, status = 200): ProviderContext {
  return testContext({ fetch: async () => Response.json(envelope, { status }) })
}

/** Veo in its fast lane, 8 seconds, 16:9 in 720p, unless told otherwise. */
export function testRequest(changes: Partial<ProviderRequest> = {}): ProviderRequest {
  const { aspectRatio = '16:9', resolution = '720p' } = changes
  return {
    kind: 'video',
    model: 'veo3_fast',
    prompt: 'a fox',
    negativePrompt: null,
    aspectRatio,
    resolution,
    ...dimensionsOf(aspectRatio, resolution),
    durationSeconds: 8,
    seed: 4_000_000_123,
    generateAudio: true,
    inputs: [],
    ...changes,
  }
}

export function testInput(role: InputRole, fileName = `${role}.png`): ProviderInput {
  const contentType = fileName.endsWith('.mp4') ? 'video/mp4' : 'image/png'
  return { role, contentType, fileName, read: async () => new TextEncoder().encode(fileName) }
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
export async function start(
  provider: Provider,
  request: ProviderRequest,
  context = testContext(),
): Promise<Json> {
  const result = await begin(provider, request, context)
  if (!('operation' in result)) throw new Error('no operation')
  return JSON.parse(JSON.stringify(result.operation))
}

/** Looks until the job is at an end, carrying on the operation; answers all that was seen. */
export async function follow(provider: Provider, operation: Json, context = testContext()) {
  const seen: CheckResult[] = []
  await waitUntil(async () => {
    const result = await provider.check(operation, context)
    seen.push(result)
    if (result.status === 'pending' && result.operation) operation = result.operation
    return result.status !== 'pending'
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

/** Where webhooks arrive. */
export async function startReceiver() {
  const deliveries: { headers: Headers; body: Uint8Array }[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const headers = new Headers(request.headers as Record<string, string>)
    deliveries.push({ headers, body: await buffer(request) })
    response.end('ok')
  }
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    deliveries,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
