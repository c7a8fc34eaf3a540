import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { log } from '../../log.ts'
import { type MediaFacts, mediaFactsSchema } from './media-facts.ts'
import { runBounded } from './run-bounded.ts'

// Two frames of the largest film, its decoder's own and what Node reserves. The processor's time bounds it; by the clock
// it is ended only where the machine has next to none left.
const bounds = { memoryMegabytes: 3_072, heapMegabytes: 256, cpuSeconds: 60, timeoutMs: 180_000 }

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
  const { stderr } = await runBounded('inspect-child.ts', [videoPath, workFolder], {
    ...bounds,
    signal,
  })
  if (stderr) log().warn({ videoPath, stderr: stderr.slice(0, 2_000) }, 'pictures were not drawn')
  return mediaFactsSchema.parse(JSON.parse(await readFile(join(workFolder, 'facts.json'), 'utf8')))
}
