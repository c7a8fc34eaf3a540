import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckResult, Json, Provider, ProviderRequest } from '../provider.ts'
import { createLocalProvider, type LocalProviderOptions } from './local-provider.ts'
import { testContext, tinyRequest } from './test-request.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

/** A directory of its own for one test, with all that a test does to providers in it. Call `close` at the end. */
export async function createTestbed() {
  const directory = await mkdtemp(join(tmpdir(), 'local-provider-'))
  const made: Provider[] = []

  const createProvider = (options: Partial<LocalProviderOptions> = {}) => {
    const provider = createLocalProvider({ directory, maxChildren: 4, ...options })
    made.push(provider)
    return provider
  }

  return {
    directory,
    createProvider,

    /** A provider whose children run this script instead of rendering. */
    async createProviderRunning(script: string, options: Partial<LocalProviderOptions> = {}) {
      const scriptPath = join(directory, 'child.mjs')
      await writeFile(scriptPath, script)
      return createProvider({ command: { scriptPath, nodeArguments: [] }, ...options })
    },

    /** A process of its own that starts a render and then only lives. */
    async startServer(key: string, request: ProviderRequest) {
      const script = join(directory, 'server.mjs')
      const provider = JSON.stringify(new URL('./local-provider.ts', import.meta.url).href)
      await writeFile(
        script,
        `import { createLocalProvider } from ${provider}
         const provider = createLocalProvider({ directory: ${JSON.stringify(directory)} })
         const prepared = await provider.prepare(${JSON.stringify(request)})
         await provider.submit(prepared, ${JSON.stringify(key)})
         setInterval(() => {}, 1000)`,
      )
      return spawn(process.execPath, [script], { stdio: 'ignore' })
    },

    filesOf: (key: string) => readdir(join(directory, key)).catch((): string[] => []),

    /** The process that renders it, once it has reported. */
    async pidOf(key: string) {
      const path = join(directory, key, 'progress.json')
      await waitUntil(() => existsSync(path))
      return JSON.parse(await readFile(path, 'utf8')).pid as number
    },

    async close() {
      for (const provider of made) await provider.close?.()
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
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
export async function follow(provider: Provider, operation: Json) {
  const seen: CheckResult[] = []
  await waitUntil(async () => {
    seen.push(await check(provider, operation))
    return seen.at(-1)!.status !== 'pending'
  })
  return seen
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
