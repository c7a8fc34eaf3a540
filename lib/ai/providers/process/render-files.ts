import { join } from 'node:path'

/** An idempotency key becomes a folder's name, so it may hold nothing that means something to a file system. */
const safeKey = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/

/** The paths of one render. Every file is written once or replaced atomically. */
export interface RenderFiles {
  directory: string
  request: string
  progress: string
  /** What came of it, whole: a film, or a picture. */
  output: string
  /** Left by a cancel. It outlives the rest, so that a late look does not begin the film again. */
  canceled: string
  /** What it starts from, where that is not in its request alone; counted from 0. */
  source(place: number): string
  /** The claim of the nth attempt: the process that creates it may start that child. */
  attempt(number: number): string
  /** Why the nth attempt failed. Absent while the child runs, and where it was killed from outside. */
  error(number: number): string
  /** stdout and stderr of the nth child. */
  log(number: number): string
  /** The output while it is written. One name an attempt, since a stray older child may still be writing. */
  part(number: number): string
}

/** The files of one render, or null where the key is no safe file name. */
export function renderFilesOf(root: string, idempotencyKey: string): RenderFiles | null {
  if (!safeKey.test(idempotencyKey)) return null
  return renderFilesIn(join(/* turbopackIgnore: true */ root, idempotencyKey))
}

/** The files of the render that lies in this directory. */
export function renderFilesIn(directory: string): RenderFiles {
  const at = (name: string) => join(/* turbopackIgnore: true */ directory, name)
  return {
    directory,
    request: at('request.json'),
    progress: at('progress.json'),
    output: at('output'),
    canceled: at('canceled'),
    source: (place) => at(`source-${place}`),
    attempt: (number) => at(`attempt-${number}.json`),
    error: (number) => at(`error-${number}.json`),
    log: (number) => at(`child-${number}.log`),
    part: (number) => at(`output-${number}.part`),
  }
}
