import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllEmulators } from '../../../tests/emulators/all-emulators.ts'
import { dimensionsOf } from '../../contract/model-view.ts'
import { parseEnv } from '../../env.ts'
import { catalogue } from '../models/catalogue.ts'
import type { Model, Route } from '../models/model.ts'
import { providerSetups } from './index.ts'
import { ProviderError } from './provider-error.ts'
import type {
  CheckResult,
  Json,
  Provider,
  ProviderContext,
  ProviderRequest,
  SubmitResult,
} from './provider.ts'
import { closedAddress } from '../../../tests/support/closed-address.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'

/** A provider's way of making a model. */
export interface Offer {
  model: Model
  route: Route
}

/** All that a provider makes. */
export function offersOf(id: string): Offer[] {
  return catalogue.flatMap((model) =>
    model.routes.filter(({ provider }) => provider === id).map((route) => ({ model, route })),
  )
}

/** Every service emulated, and its adapter made as the registry makes it. Call `close` at the end. */
export async function startServices() {
  const services = await startAllEmulators()
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'))
  const made: Provider[] = []

  function create(id: string, variables: Record<string, string>) {
    const setup = providerSetups.find((one) => one.id === id)
    const provider = setup?.create(parseEnv({ ...variables, DATA_DIR: directory }))
    if (!provider) throw new Error(`${id} is not switched on by its variables`)
    made.push(provider)
    return provider
  }

  const emulatorOf = (id: string) => services.emulators[id as keyof typeof services.emulators]

  return {
    secrets: [services.variables.KIE_API_KEY, services.variables.KIE_WEBHOOK_HMAC_KEY],

    /** A fresh instance. */
    provider: (id: string) => create(id, services.variables),

    /** The same, set up with a service that is gone. */
    providerWithoutService: (id: string) => create(id, gone(services.variables)),

    /** What a service would bill. */
    jobsOf: (id: string) => emulatorOf(id).jobs,

    /** Every request a service got, as `METHOD /path`. */
    requestsOf: (id: string) => emulatorOf(id).requests,

    async close() {
      for (const provider of made) await provider.close?.()
      await services.close()
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The same variables, with every address one where nothing listens. */
function gone(variables: Record<string, string>) {
  const closed = (value: string) => (value.startsWith('http') ? closedAddress : value)
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, closed(value)]))
}

export type Services = Awaited<ReturnType<typeof startServices>>

let requests = 0

export function aContext(): ProviderContext {
  return {
    fetch: globalThis.fetch,
    now: () => new Date(),
    signal: new AbortController().signal,
    webhookUrl: null,
  }
}

/** What the product asks for at a model's defaults; no two have a prompt or a seed in common. */
export function requestFor({ model, route }: Offer, fault: string): ProviderRequest {
  const { aspectRatio, resolution, duration, generateAudio } = model.defaults
  const [imageFormat] = model.supports.imageFormats
  const read = async () => new TextEncoder().encode('a film')
  const common = { contentType: 'video/mp4', fileName: 'film.mp4', read }
  const film = { role: 'source_video', ...common } as const
  return {
    kind: model.kind,
    model: route.model,
    prompt: `a fox ${++requests} #${route.provider}:${fault}`,
    negativePrompt: null,
    aspectRatio,
    resolution,
    ...dimensionsOf(aspectRatio, resolution),
    durationSeconds: duration,
    seed: requests,
    generateAudio,
    ...(imageFormat && { imageFormat }),
    inputs: model.supports.sourceVideo === 'required' ? [film] : [],
  }
}

const paid =
  /^POST .*(?:\/generate|\/createTask|\/generate-(?:video|image)|:predictLongRunning|:generateContent|\/interactions)$/

/** Whether a request is one that makes a paid job. */
export const isPaid = (request: string) => paid.test(request)

/** Prepares and submits a request, each time as another process does: with nothing but what was stored. */
export async function begin(
  provider: Provider,
  request: ProviderRequest,
  context = aContext(),
): Promise<SubmitResult> {
  const prepared = JSON.stringify(await provider.prepare(request, context))
  return provider.submit(JSON.parse(prepared) as Json, `key_${requests}`, context)
}

/** Looks at a job until its end, each time as another process does: with nothing but what was stored. */
export async function followAnywhere(fresh: () => Provider, operation: Json): Promise<CheckResult> {
  let stored = JSON.stringify(operation)
  return waitUntil(async () => {
    const result = await fresh().check(JSON.parse(stored) as Json, aContext())
    if (result.status !== 'pending') return result
    if (result.operation) stored = JSON.stringify(result.operation)
    return undefined
  })
}

/** The `ProviderError` that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(() => undefined).catch((reason: unknown) => reason)
  if (!(error instanceof ProviderError)) throw new Error(`no ProviderError: ${String(error)}`)
  return error
}
