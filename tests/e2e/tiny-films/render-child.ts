import { message } from '#lib/messages/message'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { renderStill } from '#lib/ai/providers/local/film/render-still'
import type { VideoRatio, VideoResolution } from '#lib/contract/model-view'
import type { LocalRequest, StillRequest } from '#lib/ai/providers/local/local-operation'
import { writeFilmFile } from '#lib/ai/providers/process/durable-files'
import { renderFilesIn } from '#lib/ai/providers/process/render-files'
import { startProgressReports } from '#lib/ai/providers/process/render-progress'
import { tinyMp4Of } from '../../support/films/tiny-mp4.ts'

// A render child, to be called and killed like the real one: `render-child.ts <directory> <attempt>`. It draws nothing:
// the larger the film that was asked for, the longer it waits, and then it puts a tiny one away.

const sides = { '9:16': [36, 64], '16:9': [64, 36], '1:1': [64, 64] } as const
const msOfASecond = { '480p': 100, '720p': 1_000, '1080p': 10_000 } as const
const stepMs = 100

async function main(directory: string, attempt: number) {
  const files = renderFilesIn(directory)
  const reports = startProgressReports(files, attempt)
  const request = JSON.parse(readFileSync(files.request, 'utf8')) as LocalRequest | StillRequest
  // A still takes no time that is worth saving.
  if ('imageFormat' in request) {
    await writeFilmFile(await renderStill(request), files.part(attempt), files.output)
    process.exit()
  }
  const film = await filmOf(request)
  const steps =
    (request.durationSeconds * msOfASecond[request.resolution as VideoResolution]) / stepMs
  for (let done = 1; done <= steps; done += 1) {
    await sleep(stepMs)
    reports.report({ progress: (98 * done) / steps, message: message('provider.localStarting') })
  }
  await writeFilmFile(film, files.part(attempt), files.output)
  process.exit()
}

/** In the ratio that was asked for. No two requests get the same bytes: a box that players skip has the request. */
async function filmOf(request: LocalRequest) {
  const [width, height] = sides[request.aspectRatio as VideoRatio]
  const film = await readFile(await tinyMp4Of(width, height))
  return Buffer.concat([film, freeBox(JSON.stringify(request))])
}

function freeBox(text: string) {
  const content = Buffer.from(text)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(head.length + content.length)
  head.write('free', 4, 'latin1')
  return Buffer.concat([head, content])
}

process.once('disconnect', () => process.exit(0))
if (process.send && !process.connected) process.exit(0)

const [directory = '', attempt = ''] = process.argv.slice(2)
await main(directory, Number(attempt))
