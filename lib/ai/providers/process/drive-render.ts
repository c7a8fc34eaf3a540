import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeJsonFile } from './durable-files.ts'
import type { RenderChildren } from './render-children.ts'
import type { RenderFiles } from './render-files.ts'
import { readRenderState, type RenderState } from './render-state.ts'

/**
 * Reads a render's state and starts it where no attempt is running. Safe at any time from any process: the claim of
 * an attempt is a file that only one process can create. A missing directory is recreated from the request.
 *
 * @param bringSources puts what the render starts from into its directory; false while that is under way.
 */
export async function continueRender(
  files: RenderFiles,
  request: object,
  children: RenderChildren,
  bringSources: () => Promise<boolean> = async () => true,
): Promise<RenderState> {
  const look = () => readRenderState(files, { isOurs: children.owns(files), nowMs: Date.now() })
  let state = await look()
  if (state.kind === 'absent') {
    await mkdir(files.directory, { recursive: true })
    await writeJsonFile(files.request, request)
    state = await look()
  }
  if (state.kind !== 'waiting') return state
  if (!(await bringSources())) return state
  const isStarted = await children.start(files, state.nextAttempt)
  return isStarted ? { kind: 'running', progress: null } : state
}

/**
 * Cancels a render and removes all its files but an empty marker. A child of this process has exited when this
 * resolves; one of another process sees the marker within a second. Idempotent.
 */
export async function cancelRender(files: RenderFiles, children: RenderChildren) {
  await mkdir(files.directory, { recursive: true })
  // The marker comes first: without it a concurrent `check` would restart the render.
  await writeFile(files.canceled, '')
  await children.stop(files)
  const marker = basename(files.canceled)
  for (const name of await readdir(files.directory)) {
    if (name === marker) continue
    await rm(join(/* turbopackIgnore: true */ files.directory, name), { force: true })
  }
}
