import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BoundedRun, boundedRun, runInProcess } from '#lib/assets/inspect/run-bounded'
import { forgetAllProcessWide, forgetProcessWide, processWide } from '#lib/process-wide'

// Most films and pictures of the tests are the same few, and a process that looks at one takes a quarter of a second of
// a core. Each is looked at once in a process, really; what that said and drew is handed out for the same bytes.

interface Look {
  said: Awaited<ReturnType<BoundedRun>>
  files: [name: string, bytes: Buffer][]
}

/** What a script reads, what else it is told, and what it may write where. */
interface Places {
  read: string
  told: (string | undefined)[]
  folder: string
  names: string[]
}

const kept = globalThis as typeof globalThis & { looks?: Map<string, Look> }
const looks = (kept.looks ??= new Map())
const bytesAtMost = 8 * 1024 * 1024

/** Forgets all that the process knows, but for what films and pictures were found to be. */
export function forgetAllButLooks() {
  forgetAllProcessWide()
  processWide<BoundedRun>(boundedRun, () => run)
}

/** For tests of the looking itself: each look is a process. */
export function lookEachTime() {
  forgetProcessWide(boundedRun)
}

const run: BoundedRun = async (script, args, bounds) => {
  const places = placesOf(script, args)
  const key = places && !bounds.signal?.aborted ? await keyOf(script, places) : undefined
  if (!places || !key) return runInProcess(script, args, bounds)
  const known = looks.get(key)
  if (known) return handOut(known, places)
  const said = await runInProcess(script, args, bounds)
  looks.set(key, { said, files: await filesOf(places) })
  return said
}

function placesOf(script: string, args: string[]): Places | undefined {
  const [first = '', second = '', third = '', fourth] = args
  if (script === 'inspect-child.ts')
    return {
      read: first,
      told: [],
      folder: second,
      names: ['facts.json', 'poster.jpg', 'filmstrip.jpg'],
    }
  if (script === 'draw-poster-child.ts')
    return { read: first, told: [third], folder: dirname(second), names: [basename(second)] }
  if (script === 'inspect-image-child.ts' && ['look', 'draw'].includes(first))
    return { read: second, told: [first, fourth], folder: third, names: ['upright', 'poster.jpg'] }
  return undefined
}

/** Undefined where the bytes are not there, or so many that it is the looking that is tried. */
async function keyOf(script: string, { read, told }: Places) {
  const found = await stat(read).catch(() => undefined)
  if (!found?.isFile() || found.size > bytesAtMost) return undefined
  const hash = createHash('sha256').update(JSON.stringify([script, told]))
  return hash.update(await readFile(read)).digest('hex')
}

async function filesOf({ folder, names }: Places): Promise<Look['files']> {
  const read = names.map(async (name): Promise<Look['files']> => {
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    return bytes ? [[name, bytes]] : []
  })
  return (await Promise.all(read)).flat()
}

async function handOut({ said, files }: Look, { folder }: Places) {
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
  return said
}
