import { mkdir } from 'node:fs/promises'
import type { LocalRequest } from '../local-operation.ts'
import { writeJsonFile } from './json-file.ts'
import type { RenderChildren } from './render-children.ts'
import type { RenderFiles } from './render-files.ts'
import { readRenderState, type RenderState } from './render-state.ts'

/**
 * Looks at a render and, where no child works on it, starts it. Safe at any time from any process: the claim of an
 * attempt is a file that only one can create. Where the directory is gone it is made again from the request.
 */
export async function continueRender(
  files: RenderFiles,
  request: LocalRequest,
  children: RenderChildren,
): Promise<RenderState> {
  const look = () => readRenderState(files, { isOurs: children.owns(files), nowMs: Date.now() })
  let state = await look()
  if (state.kind === 'absent') {
    await mkdir(files.directory, { recursive: true })
    await writeJsonFile(files.request, request)
    state = await look()
  }
  if (state.kind !== 'waiting') return state
  const isStarted = await children.start(files, state.nextAttempt)
  return isStarted ? { kind: 'running', progress: null } : state
}
