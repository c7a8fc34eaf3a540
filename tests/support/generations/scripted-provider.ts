import { ProviderError } from '#lib/ai/providers/provider-error'
import type {
  CheckResult,
  Json,
  Provider,
  ProviderContext,
  ProviderJob,
  ProviderRequest,
  SubmitResult,
} from '#lib/ai/providers/provider'

/** A provider for tests that keeps books: what it was asked, and what it would have billed. */
export interface ScriptedProvider extends Provider {
  /** Idempotency keys of the jobs it made, one for each time it took money. */
  jobs: string[]
  checks: number
  /** What it was asked to make, refused or not. */
  requests: ProviderRequest[]
  canceled: Json[]
  released: Json[]
  /** What the next preparations do; by default nothing. */
  onPrepare: (request: ProviderRequest, context: ProviderContext) => Promise<void>
  /** What the next submits do; by default they make a job and answer. */
  onSubmit: (
    idempotencyKey: string,
    request: ProviderRequest,
    context: ProviderContext,
  ) => Promise<SubmitResult>
  onCheck: (operation: Json) => Promise<CheckResult>
  /** Makes the job for a key, as a provider does whether or not its answer arrives. */
  makeJob(idempotencyKey: string): ProviderJob
}

export interface ScriptedProviderOptions {
  id?: string
  /** Its name as users read it; by default its id. */
  label?: string
  /** Whether it can tell by idempotency key which job it made. */
  canFind?: boolean
  /** The finished video it hands out. */
  videoPath: string
}

export function scriptedProvider({
  id = 'local',
  label = id,
  canFind = true,
  videoPath,
}: ScriptedProviderOptions) {
  const provider: ScriptedProvider = {
    id,
    label,
    jobs: [],
    checks: 0,
    requests: [],
    canceled: [],
    released: [],
    makeJob(token) {
      provider.jobs.push(token)
      return { operation: { job: token } }
    },
    onPrepare: async () => {},
    onSubmit: async (key) => provider.makeJob(key),
    onCheck: async () => ({ status: 'completed', output: { kind: 'path', path: videoPath } }),
    async prepare(request, context) {
      provider.requests.push(request)
      await provider.onPrepare(request, context)
      return { request: provider.requests.length - 1 }
    },
    submit(prepared, key, context) {
      const { request } = prepared as { request: number }
      return provider.onSubmit(key, provider.requests[request]!, context)
    },
    check(operation) {
      provider.checks++
      return provider.onCheck(operation)
    },
    cancel: async (operation) => void provider.canceled.push(operation),
    releaseProviderFiles: async (operation) => void provider.released.push(operation),
    health: async () => ({ state: 'ok' }),
  }
  if (canFind)
    provider.find = async (token) =>
      provider.jobs.includes(token) ? { operation: { job: token } } : null
  return provider
}

/** An error as an adapter would throw it. */
export function aProviderError(
  differences: Partial<ConstructorParameters<typeof ProviderError>[1]> = {},
  code: ProviderError['code'] = 'provider_unavailable',
) {
  return new ProviderError(code, {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: 'The provider is busy. Try again in a minute.',
    logMessage: 'scripted',
    ...differences,
  })
}
