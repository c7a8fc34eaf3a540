import { readFile } from 'node:fs/promises'
import { createJsonFile } from './json-file.ts'
import type { RenderFiles } from './render-files.ts'

/** The end of a child's output that goes to our log. */
const tailCharacters = 2000

/** Writes down why an attempt failed, unless the child has said so itself. The directory may be gone by now. */
export async function reportCrash(files: RenderFiles, attempt: number, reason: string) {
  const output = await readFile(files.log(attempt), 'utf8').catch(() => '')
  const tail = output.slice(-tailCharacters).trim()
  const message = tail ? `${reason}: ${tail}` : reason
  await createJsonFile(files.error(attempt), { message }).catch(() => false)
}
