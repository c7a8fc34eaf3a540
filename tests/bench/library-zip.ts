import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ZipRequest } from '#lib/contract/library/schemas'
import { saveAnswer } from './support/clients/save-answer.ts'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { putFilms } from './support/fill-library.ts'
import { makeOwner } from './support/owner.ts'
import { type RunningServer, runServer } from './support/servers/run-server.ts'

const films = 200
const filmMegabytes = 4
const total = films * filmMegabytes

/**
 * A ZIP of 200 films next to a plain copy of them, and next to the same films downloaded one after the other from the same
 * server: what HTTP itself takes.
 */
export async function libraryZip(): Promise<Figure[]> {
  await using product = await runServer({ WORKER: 'off' })
  const { ownerId, cookie } = await makeOwner(product.port)
  const folder = join(process.env.DATA_DIR!, 'media')
  const paths = await putFilms({ folder, ownerId, films, megabytes: filmMegabytes })
  const ids = paths.map((path) => path.split('/').at(-2)!)
  const copied = await speedOfCopy(paths)
  // Loads what a first answer loads.
  await zipOf(product, cookie, ids.slice(0, 2))
  const downloaded = await costOf(product, async () => {
    for (const id of ids) await saveFilm(product, cookie, id)
  })
  const zipped = await costOf(product, () => zipOf(product, cookie, ids))
  return figuresOf({ copied, downloaded, zipped })
}

interface Measured {
  /** Megabytes a second. */
  speed: number
  /** Milliseconds of the server's processor for a megabyte. */
  work: number
  /** Megabytes the server takes beyond the idle one, at most. */
  memory: number
}

interface Results {
  copied: number
  downloaded: Measured
  zipped: Measured
}

function figuresOf({ copied, downloaded, zipped }: Results): Figure[] {
  const name = `library-zip: ZIP of ${films} films (${total} MB)`
  const note = 'megabytes a second'
  const ofDownload = 'the same as plain downloads'
  const common = { unit: '/s', ours: zipped.speed, note } as const
  return [
    { ...common, name, baseline: { name: 'a plain copy', value: copied } },
    {
      ...common,
      name: 'library-zip: the same ZIP',
      baseline: { name: ofDownload, value: downloaded.speed },
    },
    {
      name: "library-zip: the server's processor for a megabyte",
      unit: 'ms',
      ours: zipped.work,
      baseline: { name: ofDownload, value: downloaded.work },
    },
    {
      name: 'library-zip: memory more while it is sent',
      unit: 'MB',
      ours: zipped.memory,
      baseline: { name: ofDownload, value: downloaded.memory },
      aim: { of: 'figure', atMost: 64 },
    },
  ]
}

/** Megabytes a second. */
async function speedOfCopy(paths: string[]) {
  const to = join(process.env.DATA_DIR!, 'copy')
  await mkdir(to)
  const begin = now()
  for (const [index, path] of paths.entries()) await copyFile(path, join(to, String(index)))
  const ms = now() - begin
  await rm(to, { recursive: true })
  return (total * 1000) / ms
}

async function costOf({ child }: RunningServer, work: () => Promise<unknown>): Promise<Measured> {
  const { residentBytes: idle } = await child.ask<{ residentBytes: number }>('memory')
  let peak = idle
  const watch = setInterval(() => {
    void child.ask<number>('residentBytes').then((bytes) => (peak = Math.max(peak, bytes)))
  }, 50)
  const worked = await child.ask<number>('cpuMicros')
  const begin = now()
  await work().finally(() => clearInterval(watch))
  const ms = now() - begin
  return {
    speed: (total * 1000) / ms,
    work: ((await child.ask<number>('cpuMicros')) - worked) / 1000 / total,
    memory: (peak - idle) / 1024 ** 2,
  }
}

const saved = () => join(process.env.DATA_DIR!, 'saved')

function saveFilm({ port }: RunningServer, cookie: string, id: string) {
  return saveAnswer({ port, path: `/api/media/${id}/video.mp4`, cookie }, saved())
}

function zipOf({ port }: RunningServer, cookie: string, ids: string[]) {
  const body: ZipRequest = { ids }
  return saveAnswer({ port, path: '/api/library/zip', cookie, body }, saved())
}
