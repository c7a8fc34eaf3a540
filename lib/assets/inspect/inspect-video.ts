import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { log } from '../../log.ts'
import { type MediaFacts, mediaFactsSchema } from './media-facts.ts'

const run = promisify(execFile)
const timeoutMs = 30_000
const heapMegabytes = 256

/**
 * Reads a video's facts from its bytes and draws `poster.jpg` and `filmstrip.jpg` into the work folder. Done in a
 * child process with bounded memory and time; rejects with the code `brokenVideoExit` where the bytes are no playable
 * video, with the signal it was killed by, and with whatever else kept it from coming to a verdict.
 */
export async function inspectVideo(
  videoPath: string,
  workFolder: string,
  signal: AbortSignal,
): Promise<MediaFacts> {
  // Not import.meta.url: inside Next's bundle that is not where the source lies. The product runs in its own folder.
  const script = join(process.cwd(), 'lib', 'assets', 'inspect', 'inspect-child.ts')
  const { stderr } = await run(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, script, videoPath, workFolder],
    { timeout: timeoutMs, killSignal: 'SIGKILL', signal },
  )
  if (stderr) log().warn({ videoPath, stderr: stderr.slice(0, 2_000) }, 'pictures were not drawn')
  return mediaFactsSchema.parse(JSON.parse(await readFile(join(workFolder, 'facts.json'), 'utf8')))
}
