import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckResult, Provider } from '../provider.ts'
import type { ChildCommand } from './child-command.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

interface RenderOptions {
  directory: string
  command?: Partial<ChildCommand>
  maxChildren?: number
  hangAfterMs?: number
}

/** A directory of its own for one test, with all that a test does to providers that render in it. Call `close` at the end. */
export async function createRenderBed(create: (options: RenderOptions) => Provider) {
  const directory = await mkdtemp(join(tmpdir(), 'render-provider-'))
  const made: Provider[] = []

  const createProvider = (options: Partial<RenderOptions> = {}) => {
    const provider = create({ directory, maxChildren: 4, ...options })
    made.push(provider)
    return provider
  }

  return {
    directory,
    createProvider,

    /** A provider whose children run this script instead of rendering. */
    async createProviderRunning(script: string, options: Partial<RenderOptions> = {}) {
      const scriptPath = join(directory, 'child.mjs')
      await writeFile(scriptPath, script)
      return createProvider({ command: { scriptPath, nodeArguments: [] }, ...options })
    },

    /** A process of its own that runs this script and then only lives. */
    async startServer(key: string, script: string) {
      const path = join(directory, `${key}-server.mjs`)
      await writeFile(path, `${script}\nsetInterval(() => {}, 1000)`)
      return spawn(process.execPath, [path], { stdio: 'ignore' })
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

/** Looks until a render is at an end; returns all that was seen. */
export async function followed(check: () => Promise<CheckResult>) {
  const seen: CheckResult[] = []
  await waitUntil(async () => {
    seen.push(await check())
    return seen.at(-1)!.status !== 'pending'
  })
  return seen
}
