import { message } from '#lib/messages/message'
import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Json, Provider, ProviderRequest } from '../provider.ts'
import { readOperation, readPrepared } from '../stored-json.ts'
import { checkResultOf } from './check-result.ts'
import { directoryUnusable, localLabel, unsafeKey, unusableRequest } from './local-error.ts'
import { localOperationSchema, localRequestSchema } from './local-operation.ts'
import { cancelRender, continueRender } from '../process/drive-render.ts'
import { type ChildCommand, defaultChildCommand } from '../process/child-command.ts'
import { readJsonFile } from '../process/durable-files.ts'
import { checkFolderHealth } from '../process/folder-health.ts'
import { createRenderChildren } from '../process/render-children.ts'
import { renderFilesOf } from '../process/render-files.ts'

export interface LocalProviderOptions {
  /** Where the renders lie, one folder an idempotency key. Several processes may share it. */
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
 * A canceled film stays canceled until `releaseProviderFiles`: `check` answers `not_found_or_expired`, `find` answers
 * null. After it, a `check` would render the film again.
 */
export function createLocalProvider(options: LocalProviderOptions): Provider {
  const command = { ...defaultChildCommand(childScript), ...options.command }
  const { maxChildren = usualChildren(), hangAfterMs = 30_000 } = options
  const children = createRenderChildren({ command, maxChildren, hangAfterMs })
  const filesOf = (idempotencyKey: string) => safeFilesOf(options.directory, idempotencyKey)
  const filesOfJob = (operation: Json) =>
    filesOf(readOperation(localLabel, localOperationSchema, operation).idempotencyKey)

  return {
    id: 'local',
    label: localLabel,

    prepare: async (request) => readRequest(request),

    async submit(prepared, idempotencyKey) {
      const files = filesOf(idempotencyKey)
      const request = readPrepared(localLabel, localRequestSchema, prepared)
      const operation = { idempotencyKey, request }
      try {
        await continueRender(files, request, children)
      } catch (error) {
        throw directoryUnusable(error)
      }
      return { operation }
    },

    async check(operation) {
      const { request } = readOperation(localLabel, localOperationSchema, operation)
      const files = filesOfJob(operation)
      return checkResultOf(await continueRender(files, request, children), files)
    },

    async find(idempotencyKey) {
      const { request } = filesOf(idempotencyKey)
      const found = localRequestSchema.safeParse(await readJsonFile(request))
      return found.success ? { operation: { idempotencyKey, request: found.data } } : null
    },

    async cancel(operation) {
      await cancelRender(filesOfJob(operation), children)
    },

    async releaseProviderFiles(operation) {
      const files = filesOfJob(operation)
      await children.stop(files)
      await rm(files.directory, { recursive: true, force: true, maxRetries: 3 })
    },

    health: () => checkFolderHealth(options.directory, command.scriptPath, healthWords),

    /** Kills every child of this process. Their films go on with the next `check`, anywhere. */
    close: () => children.stopAll(),
  }
}

const childScript = 'lib/ai/providers/local/render-child.ts'
const healthWords = {
  notWritable: message('provider.localNotWritable'),
  noScript: message('provider.localNoScript'),
}

function usualChildren() {
  return Math.max(1, Math.floor(availableParallelism() / 2))
}

function safeFilesOf(directory: string, idempotencyKey: string) {
  const files = renderFilesOf(directory, idempotencyKey)
  if (!files) throw unsafeKey(idempotencyKey)
  return files
}

function readRequest(request: ProviderRequest) {
  const parsed = localRequestSchema.safeParse(request)
  if (!parsed.success) throw unusableRequest(parsed.error.message)
  return parsed.data
}
