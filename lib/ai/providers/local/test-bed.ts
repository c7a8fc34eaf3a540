import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRenderBed, followed } from '../process/test-bed.ts'
import type { CheckResult, Json, Provider, ProviderRequest } from '../provider.ts'
import { createLocalProvider } from './local-provider.ts'
import { testContext, tinyRequest } from './test-request.ts'

/** Where films are rendered for one test. Call `close` at the end. */
export async function createTestbed() {
  const bed = await createRenderBed(createLocalProvider)
  return {
    ...bed,

    /** A process of its own that starts a render and then only lives. */
    startServer(key: string, request: ProviderRequest) {
      const provider = JSON.stringify(new URL('./local-provider.ts', import.meta.url).href)
      return bed.startServer(
        key,
        `import { createLocalProvider } from ${provider}
         const provider = createLocalProvider({ directory: ${JSON.stringify(bed.directory)} })
         const prepared = await provider.prepare(${JSON.stringify(request)})
         await provider.submit(prepared, ${JSON.stringify(key)})`,
      )
    },
  }
}

/** Prepares and submits a request under an idempotency key; answers its operation. */
export async function start(
  provider: Provider,
  key: string,
  request = tinyRequest(),
): Promise<Json> {
  const prepared = await provider.prepare(request, testContext())
  const result = await provider.submit(prepared, key, testContext())
  if (!('operation' in result)) throw new Error('no operation')
  return result.operation
}

export function check(provider: Provider, operation: Json) {
  return provider.check(operation, testContext())
}

/** Looks until the render is at an end; returns all that was seen. */
export function follow(provider: Provider, operation: Json) {
  return followed(() => check(provider, operation))
}

export async function sha256Of(result: CheckResult | undefined) {
  if (result?.status !== 'completed' || result.output.kind !== 'path') throw new Error('no file')
  return createHash('sha256')
    .update(await readFile(result.output.path))
    .digest('hex')
}

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
