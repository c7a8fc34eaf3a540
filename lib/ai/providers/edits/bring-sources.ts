import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { RenderFiles } from '../process/render-files.ts'
import type { ProviderContext } from '../provider.ts'
import type { EditRequest } from './edit-operation.ts'

/** How long a call waits for the sources; large ones are there at a later one. */
const patienceMs = 2_000

/** Puts the films that edits work on into their folders. */
export function createSources() {
  const underWay = new Map<string, Promise<void>>()

  /** True once all are there. False while they are under way; throws what kept them from coming. */
  const bring = async (
    files: RenderFiles,
    request: EditRequest,
    context: Pick<ProviderContext, 'inputs'>,
  ) => {
    if (missing(files, request).length === 0) return true
    const coming = underWay.get(files.directory) ?? begin(files, request, context)
    await Promise.race([coming, setTimeout(patienceMs, undefined, { ref: false })])
    return missing(files, request).length === 0
  }

  const begin = (
    files: RenderFiles,
    request: EditRequest,
    context: Pick<ProviderContext, 'inputs'>,
  ) => {
    const coming = copyAll(files, request, context)
    underWay.set(files.directory, coming)
    const forget = () => underWay.delete(files.directory)
    // A later call begins again, and throws it where it lasts.
    coming.then(forget, forget)
    return coming
  }

  return { bring }
}

function missing(files: RenderFiles, { sources }: EditRequest) {
  const places = Array.from({ length: sources }, (_, place) => place)
  return places.filter((place) => !existsSync(files.source(place)))
}

async function copyAll(
  files: RenderFiles,
  request: EditRequest,
  { inputs }: Pick<ProviderContext, 'inputs'>,
) {
  const sources = ((await inputs?.()) ?? []).filter(({ role }) => role === 'source')
  for (const place of missing(files, request)) {
    const path = files.source(place)
    // Another process may be bringing the same: each writes to a file of its own, and either one will do.
    const part = `${path}.${randomUUID()}.part`
    try {
      const source = sources[place]
      if (!source?.writeTo) throw new Error(`there is no source ${place}`)
      await source.writeTo(part)
      if (existsSync(files.request)) await rename(part, path)
    } finally {
      await rm(part, { force: true })
    }
  }
}
