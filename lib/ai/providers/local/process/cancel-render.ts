import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RenderChildren } from './render-children.ts'
import type { RenderFiles } from './render-files.ts'

/**
 * Stops a render for good and removes all of it but one empty marker. A child of ours is dead when this resolves;
 * one of another process sees the marker within a second. Twice is the same as once.
 */
export async function cancelRender(files: RenderFiles, children: RenderChildren) {
  await mkdir(files.directory, { recursive: true })
  // The marker comes first, or a `check` in between would begin the film again.
  await writeFile(files.canceled, '')
  await children.stop(files)
  const marker = basename(files.canceled)
  for (const name of await readdir(files.directory)) {
    if (name === marker) continue
    await rm(join(/* turbopackIgnore: true */ files.directory, name), { force: true })
  }
}
