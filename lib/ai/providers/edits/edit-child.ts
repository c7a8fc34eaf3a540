import { message } from '#lib/messages/message'
import { readFileSync } from 'node:fs'
import { createJsonFile, publishFile, writeFilmFile } from '../process/durable-files.ts'
import { HindranceError } from '../process/hindrance.ts'
import { type RenderFiles, renderFilesIn } from '../process/render-files.ts'
import { standBehindServer, startProgressReports } from '../process/render-progress.ts'
import type { EditRequest } from './edit-operation.ts'
import { editFilm } from './film/edit-film.ts'
import { openFilm } from './film/source-film.ts'
import { writeFilm } from './film/write-film.ts'
import { animate, takeFrame } from './picture/take-picture.ts'

/**
 * The main function of a child that edits: `edit-child.ts <directory> <attempt>`. It reads `request.json` and the
 * sources beside it, reports to `progress.json` and writes `output`, or `error-<attempt>.json` and exits with 1. It
 * exits by itself, without an error, when its parent dies or the edit is canceled.
 */
async function main(directory: string, attempt: number) {
  const files = renderFilesIn(directory)
  const reports = startProgressReports(files, attempt)
  const tell = (share: number) =>
    reports.report({ progress: 2 + share * 96, message: message('edits.working') })
  try {
    await edit(files, attempt, tell)
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const hindrance = error instanceof HindranceError ? { code: error.code } : {}
    await createJsonFile(files.error(attempt), { message: words, ...hindrance })
    process.exitCode = 1
  } finally {
    reports.stop()
    process.exit()
  }
}

async function edit(files: RenderFiles, attempt: number, tell: (share: number) => void) {
  const request = JSON.parse(readFileSync(files.request, 'utf8')) as EditRequest
  const order = request.edit
  await using opened = new AsyncDisposableStack()
  const films = []
  for (let place = 0; place < request.sources; place += 1)
    films.push(opened.use(await openFilm(files.source(place))))
  tell(0)
  const film = films[0]!
  const part = files.part(attempt)
  if (order.operation === 'frame')
    return writeFilmFile(await takeFrame(film, order.at), part, files.output)
  if (order.operation === 'animation')
    return writeFilmFile(await animate(film, order, tell), part, files.output)
  await writeFilm(await editFilm(order, films), part, tell)
  return publishFile(part, files.output)
}

// A kill -9 of the server closes the IPC channel. Exit: the next attempt starts from the request.
process.once('disconnect', () => process.exit(0))
if (process.send && !process.connected) process.exit(0)
standBehindServer()

const [directory = '', attempt = ''] = process.argv.slice(2)
await main(directory, Number(attempt))
