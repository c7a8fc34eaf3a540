import { createHash } from 'node:crypto'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EditOrder } from '#lib/contract/generation'
import { testRequest } from '../local/test-request.ts'
import { createRenderBed, followed } from '../process/test-bed.ts'
import type { CheckResult, Json, Provider, ProviderContext, ProviderInput } from '../provider.ts'
import { createEditsProvider } from './edits-provider.ts'

/** Where edits are made for one test, of these films. Call `close` at the end. */
export async function createEditsBed() {
  const bed = await createRenderBed(createEditsProvider)
  const { directory } = bed
  return {
    ...bed,

    /** Keeps a film in a file of this test. */
    async keep(bytes: Uint8Array) {
      const path = join(directory, `${createHash('sha256').update(bytes).digest('hex')}.film`)
      await writeFile(path, bytes)
      return path
    },

    /** A process of its own that begins an edit and then only lives. */
    startServer(key: string, edit: EditOrder, paths: string[]) {
      const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
      return bed.startServer(
        key,
        `import { createEditsProvider } from ${from('./edits-provider.ts')}
         import { begin } from ${from('./test-bed.ts')}
         const provider = createEditsProvider({ directory: ${JSON.stringify(directory)} })
         await begin(provider, ${JSON.stringify(key)}, ${JSON.stringify(edit)}, ${JSON.stringify(paths)})`,
      )
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
export function follow(provider: Provider, operation: Json, paths: readonly string[] = []) {
  return followed(() => provider.check(operation, contextOf(paths)))
}

/** The file that came of an edit. */
export function pathOf(result: CheckResult | undefined) {
  if (result?.status === 'completed' && result.output.kind === 'path') return result.output.path
  throw new Error('nothing was made', {
    cause: result?.status === 'failed' ? result.error : result,
  })
}
