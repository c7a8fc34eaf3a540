import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EditOrder } from '#lib/contract/generation'
import type { CheckResult, Json, Provider, ProviderContext, ProviderInput } from '../provider.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'
import { testRequest } from '../local/test-request.ts'
import { createEditsProvider, type EditsProviderOptions } from './edits-provider.ts'

/** Where edits are made for one test, of these films. Call `close` at the end. */
export async function createEditsBed() {
  const directory = await mkdtemp(join(tmpdir(), 'edits-provider-'))
  const made: Provider[] = []

  const createProvider = (options: Partial<EditsProviderOptions> = {}) => {
    const provider = createEditsProvider({ directory, maxChildren: 4, ...options })
    made.push(provider)
    return provider
  }

  return {
    directory,
    createProvider,

    /** A provider whose children run this script instead of editing. */
    async createProviderRunning(script: string, options: Partial<EditsProviderOptions> = {}) {
      const scriptPath = join(directory, 'child.mjs')
      await writeFile(scriptPath, script)
      return createProvider({ command: { scriptPath, nodeArguments: [] }, ...options })
    },

    /** Keeps a film in a file of this test. */
    async keep(bytes: Uint8Array) {
      const path = join(directory, `${createHash('sha256').update(bytes).digest('hex')}.film`)
      await writeFile(path, bytes)
      return path
    },

    /** A process of its own that begins an edit and then only lives. */
    async startServer(key: string, edit: EditOrder, paths: string[]) {
      const script = join(directory, `${key}-server.mjs`)
      const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
      await writeFile(
        script,
        `import { createEditsProvider } from ${from('./edits-provider.ts')}
         import { begin } from ${from('./test-bed.ts')}
         const provider = createEditsProvider({ directory: ${JSON.stringify(directory)} })
         await begin(provider, ${JSON.stringify(key)}, ${JSON.stringify(edit)}, ${JSON.stringify(paths)})
         setInterval(() => {}, 1000)`,
      )
      return spawn(process.execPath, [script], { stdio: 'ignore' })
    },

    filesOf: (key: string) => readdir(join(directory, key)).catch((): string[] => []),

    /** The process that makes it, once it has reported. */
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

export function contextOf(paths: readonly string[]): ProviderContext {
  return {
    fetch: () => Promise.reject(new Error('edits need no network')),
    now: () => new Date(),
    signal: new AbortController().signal,
    webhookUrl: null,
    inputs: async () => inputsOf(paths),
  }
}

function inputsOf(paths: readonly string[]): ProviderInput[] {
  return paths.map((path) => ({
    role: 'source',
    contentType: 'video/mp4',
    fileName: 'film.mp4',
    read: () => Promise.reject(new Error('films are not read whole')),
    writeTo: (to) => copyFile(path, to),
  }))
}

/** Prepares and submits an edit under an idempotency key; answers its operation. */
export async function begin(
  provider: Provider,
  key: string,
  edit: EditOrder,
  paths: readonly string[],
): Promise<Json> {
  const context = contextOf(paths)
  const request = testRequest({ inputs: inputsOf(paths), edit })
  const prepared = await provider.prepare(request, context)
  const result = await provider.submit(prepared, key, context)
  if (!('operation' in result)) throw new Error('no operation')
  return result.operation
}

/** Looks until the edit is at an end; returns all that was seen. */
export async function follow(provider: Provider, operation: Json, paths: readonly string[] = []) {
  const seen: CheckResult[] = []
  await waitUntil(async () => {
    seen.push(await provider.check(operation, contextOf(paths)))
    return seen.at(-1)!.status !== 'pending'
  })
  return seen
}

/** The file that came of an edit. */
export function pathOf(result: CheckResult | undefined) {
  if (result?.status === 'completed' && result.output.kind === 'path') return result.output.path
  throw new Error('nothing was made', {
    cause: result?.status === 'failed' ? result.error : result,
  })
}
