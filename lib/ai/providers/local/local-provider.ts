import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Provider, ProviderRequest } from '../provider.ts'
import { checkResultOf } from './check-result.ts'
import { directoryUnusable, unsafeToken, unusableRequest } from './local-error.ts'
import { checkLocalHealth } from './local-health.ts'
import { localRequestSchema, readLocalOperation } from './local-operation.ts'
import { cancelRender, continueRender } from './process/drive-render.ts'
import { type ChildCommand, defaultChildCommand } from './process/child-command.ts'
import { readJsonFile } from './process/durable-files.ts'
import { createRenderChildren } from './process/render-children.ts'
import { renderFilesOf } from './process/render-files.ts'

export interface LocalProviderOptions {
  /** Where the renders lie, one folder a token. Several processes may share it. */
  directory: string
  /** Replaces parts of how a child is started. */
  command?: Partial<ChildCommand>
  /** Films rendered at once by this process. Default: one for every two cores, since encoding takes both. */
  maxChildren?: number
  /** Time without getting further after which a child is killed as hung. Default 30 s. */
  hangAfterMs?: number
}

/**
 * Renders films on this machine, in child processes, without key, network or AI. All state lies in files, so any
 * process that shares the directory can go on after any crash; rendering again is free and gives the same bytes.
 * A canceled film stays canceled until `release`: `check` answers `not_found_or_expired`, `find` answers null. After
 * `release` a `check` would render it anew.
 */
export function createLocalProvider(options: LocalProviderOptions): Provider {
  const command = { ...defaultChildCommand(), ...options.command }
  const children = createRenderChildren({
    command,
    maxChildren: options.maxChildren ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    hangAfterMs: options.hangAfterMs ?? 30_000,
  })
  const filesOf = (token: string) => {
    const files = renderFilesOf(options.directory, token)
    if (!files) throw unsafeToken(token)
    return files
  }

  return {
    id: 'local',
    label: 'Local renderer',

    async start(request, { token }) {
      const files = filesOf(token)
      const operation = { token, request: readRequest(request) }
      try {
        await continueRender(files, operation.request, children)
      } catch (error) {
        throw directoryUnusable(error)
      }
      return { operation }
    },

    async check(operation) {
      const { token, request } = readLocalOperation(operation)
      const files = filesOf(token)
      return checkResultOf(await continueRender(files, request, children), files)
    },

    async find(token) {
      const request = localRequestSchema.safeParse(await readJsonFile(filesOf(token).request))
      return request.success ? { operation: { token, request: request.data } } : null
    },

    async cancel(operation) {
      await cancelRender(filesOf(readLocalOperation(operation).token), children)
    },

    async release(operation) {
      const files = filesOf(readLocalOperation(operation).token)
      await children.stop(files)
      await rm(files.directory, { recursive: true, force: true, maxRetries: 3 })
    },

    health: () => checkLocalHealth(options.directory, command.scriptPath),

    /** Kills every child of this process. Their films are taken up again by the next `check`, anywhere. */
    close: () => children.stopAll(),
  }
}

function readRequest(request: ProviderRequest) {
  const parsed = localRequestSchema.safeParse(request)
  if (!parsed.success) throw unusableRequest(parsed.error.message)
  return parsed.data
}
