import { message } from '#lib/messages/message'
import { readFileSync } from 'node:fs'
import type { LocalRequest, StillRequest } from './local-operation.ts'
import { renderFilm } from './film/render-film.ts'
import { renderStill } from './film/render-still.ts'
import { createJsonFile, writeFilmFile } from '../process/durable-files.ts'
import {
  type RenderReport,
  standBehindServer,
  startProgressReports,
} from '../process/render-progress.ts'
import { renderFilesIn } from '../process/render-files.ts'

/**
 * The main function of a render child: `render-child.ts <directory> <attempt>`. It reads `request.json`, reports to
 * `progress.json` and writes `output`, or `error-<attempt>.json` and exits with 1. It exits by itself, without an
 * error, when its parent dies or the render is canceled.
 */
async function main(directory: string, attempt: number) {
  const files = renderFilesIn(directory)
  const reports = startProgressReports(files, attempt)
  try {
    const request = JSON.parse(readFileSync(files.request, 'utf8')) as LocalRequest | StillRequest
    const bytes = await render(request, reports.report)
    reports.report({ progress: 99, message: message('provider.localWriting') })
    await writeFilmFile(bytes, files.part(attempt), files.output)
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    await createJsonFile(files.error(attempt), { message: words })
    process.exitCode = 1
  } finally {
    reports.stop()
    process.exit()
  }
}

async function render(
  request: LocalRequest | StillRequest,
  report: (state: RenderReport) => void,
): Promise<Uint8Array> {
  if ('imageFormat' in request) return renderStill(request, report)
  return (await renderFilm(request, report)).bytes
}

// A kill -9 of the server closes the IPC channel. Exit: the next attempt starts from the request.
process.once('disconnect', () => process.exit(0))
if (process.send && !process.connected) process.exit(0)
standBehindServer()

const [directory = '', attempt = ''] = process.argv.slice(2)
await main(directory, Number(attempt))
