import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { message } from '#lib/messages/message'
import { type ChildCommand, defaultChildCommand } from '../process/child-command.ts'
import { cancelRender, continueRender } from '../process/drive-render.ts'
import { readJsonFile } from '../process/durable-files.ts'
import { checkFolderHealth } from '../process/folder-health.ts'
import { createRenderChildren } from '../process/render-children.ts'
import { type RenderFiles, renderFilesOf } from '../process/render-files.ts'
import type { RenderState } from '../process/render-state.ts'
import type { CheckResult, Json, Provider, ProviderContext, ProviderRequest } from '../provider.ts'
import { readOperation, readPrepared } from '../stored-json.ts'
import { createSources } from './bring-sources.ts'
import { editCanceled, editFailed, folderUnusable, unsafeKey, unusableEdit } from './edit-error.ts'
import { type EditRequest, editOperationSchema, editRequestSchema } from './edit-operation.ts'

/** A name, and the same in every language. */
export const editsLabel = 'Photofinish'

export interface EditsProviderOptions {
  /** Where the edits lie, one folder an idempotency key. Several processes may share it. */
  directory: string
  /** Replaces parts of how a child is started. */
  command?: Partial<ChildCommand>
  /** Edits made at once by this process. Default: one for every two cores, since encoding takes both. */
  maxChildren?: number
  /** Time without getting further after which a child is killed as hung. Default 60 s. */
  hangAfterMs?: number
}

/**
 * Cuts finished films on this machine, in child processes, for free. It goes on after any crash as the local renderer
 * does. What it works on is copied into its folder first, so the originals stay as they are, and may go meanwhile.
 */
export function createEditsProvider(options: EditsProviderOptions): Provider {
  const command = commandOf(options)
  const children = childrenOf(options, command)
  const sources = createSources()
  const filesOf = (idempotencyKey: string) => safeFilesOf(options.directory, idempotencyKey)
  const read = (operation: Json) => readOperation(editsLabel, editOperationSchema, operation)
  const filesOfJob = (operation: Json) => filesOf(read(operation).idempotencyKey)
  const goOn = (files: RenderFiles, request: EditRequest, context: ProviderContext) =>
    continueRender(files, request, children, () => sources.bring(files, request, context))

  return {
    id: 'edits',
    label: editsLabel,

    prepare: async (request) => readRequest(request),

    async submit(prepared, idempotencyKey, context) {
      const files = filesOf(idempotencyKey)
      const request = readPrepared(editsLabel, editRequestSchema, prepared)
      try {
        await goOn(files, request, context)
      } catch (error) {
        throw folderUnusable(error)
      }
      return { operation: { idempotencyKey, request } }
    },

    async check(operation, context) {
      const { request } = read(operation)
      const files = filesOfJob(operation)
      return resultOf(await goOn(files, request, context), files)
    },

    async find(idempotencyKey) {
      const found = editRequestSchema.safeParse(await readJsonFile(filesOf(idempotencyKey).request))
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

    health: () =>
      checkFolderHealth(options.directory, command.scriptPath, {
        notWritable: message('edits.notWritable'),
        noScript: message('edits.noScript'),
      }),

    /** Kills every child of this process. Their edits go on with the next `check`, anywhere. */
    close: () => children.stopAll(),
  }
}

function commandOf({ command }: EditsProviderOptions): ChildCommand {
  return { ...defaultChildCommand('lib/ai/providers/edits/edit-child.ts'), ...command }
}

function childrenOf({ maxChildren, hangAfterMs }: EditsProviderOptions, command: ChildCommand) {
  return createRenderChildren({
    command,
    maxChildren: maxChildren ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    hangAfterMs: hangAfterMs ?? 60_000,
  })
}

function safeFilesOf(directory: string, idempotencyKey: string) {
  const files = renderFilesOf(directory, idempotencyKey)
  if (!files) throw unsafeKey(idempotencyKey)
  return files
}

function readRequest({ edit, inputs }: ProviderRequest): EditRequest {
  const sources = inputs.filter(({ role }) => role === 'source').length
  const parsed = editRequestSchema.safeParse({ edit, sources })
  if (!parsed.success) throw unusableEdit(parsed.error.message)
  return parsed.data
}

/** An edit takes seconds, so its progress is worth a look twice a second. */
const checkAgainMs = 500

function resultOf(state: RenderState, files: RenderFiles): CheckResult {
  switch (state.kind) {
    case 'completed':
      return { status: 'completed', output: { kind: 'path', path: files.output }, costMicros: 0 }
    case 'canceled':
      return { status: 'failed', error: editCanceled() }
    case 'given-up':
      return { status: 'failed', error: editFailed(state.reason, state.code) }
    case 'running': {
      const { progress = 0, message: says = message('edits.starting') } = state.progress ?? {}
      return { status: 'pending', progress, message: says, checkAgainMs }
    }
    default:
      return { status: 'pending', progress: 0, message: message('edits.waiting'), checkAgainMs }
  }
}
