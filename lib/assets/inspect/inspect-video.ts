import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { log } from '../../log.ts'
import { type MediaFacts, brokenVideoExit, containers } from './media-facts.ts'
import { runBounded } from './run-bounded.ts'

// Two frames of the largest film, its decoder's own and what Node reserves. The processor's time bounds it; by the clock
// it is ended only where the machine has next to none left.
const bounds = { memoryMegabytes: 3_072, heapMegabytes: 256, cpuSeconds: 60, timeoutMs: 180_000 }

// Checked here and not in the child, which would take a quarter longer with what checks it.
const mediaFactsSchema = z.object({
  container: z.enum(containers),
  width: z.int().positive(),
  height: z.int().positive(),
  durationSeconds: z.number().positive().nullable(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
  hasPoster: z.boolean(),
  filmstripFrames: z.int().nullable(),
}) satisfies z.ZodType<MediaFacts>

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
  const facts = JSON.parse(await readFile(join(workFolder, 'facts.json'), 'utf8'))
  return mediaFactsSchema.parseAsync(facts).catch((cause: unknown) => {
    throw Object.assign(new Error('no facts of a film', { cause }), { code: brokenVideoExit })
  })
}
