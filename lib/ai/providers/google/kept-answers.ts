import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { message } from '#lib/messages/message'
import { notUnderstood } from '../failures.ts'
import type { OpenAnswer } from '../http-call.ts'
import { readJsonFile, syncDirectory, writeJsonFile } from '../process/durable-files.ts'
import { ProviderError } from '../provider-error.ts'
import { type ImageAnswer, imageAnswerSchema, isImage, readImageAnswer } from './image-result.ts'
import { writeInlineVideo } from './inline-video.ts'

const maxImageBytes = 64 * 1024 * 1024
/** No generation waits for its answer this long. */
const keptMs = 14 * 24 * 60 * 60_000

/**
 * The answers of paid calls that bring what they made, and bring it once. Each is written down under the idempotency key
 * of its attempt before anything else is done with it: first the image, then what is said of it. Where the second file
 * is there, both are whole, so any process that shares the folder can go on after any crash.
 */
export function keptAnswers(label: string, directory: string) {
  const pathOf = (key: string, kind: string) =>
    join(/* turbopackIgnore: true */ directory, `${safe(key)}.${kind}`)

  async function keepImage(key: string, part: string) {
    const path = pathOf(key, 'image')
    const file = await open(part, 'r+').catch(() => undefined)
    if (!file) return
    await sync(file)
    await rename(part, path)
  }

  return {
    imagePathOf: (key: string) => pathOf(key, 'image'),

    /** Makes sure that there is a place to write to, before anything is paid for. */
    async makeRoom() {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 })
        await removeOld(directory)
      } catch (cause) {
        throw unwritable(label, cause)
      }
    },

    /** Writes an answer down as it comes. Throws `ProviderError` where it is none, or could not be written. */
    async keep(key: string, answer: OpenAnswer): Promise<ImageAnswer> {
      const part = pathOf(key, 'part')
      try {
        const options = { isSubmit: true, maxBytes: maxImageBytes }
        const said = await writeInlineVideo(label, answer, isImage, part, options)
        const facts = readImageAnswer(said)
        if (!facts) throw notUnderstood(label, 'neither candidates nor a refusal', true)
        await written(label, async () => {
          await keepImage(key, part)
          await writeJsonFile(pathOf(key, 'json'), facts)
          await syncDirectory(directory)
        })
        return facts
      } finally {
        await rm(part, { force: true })
      }
    },

    /** What was written down; null where nothing was, or not whole. */
    async read(key: string): Promise<ImageAnswer | null> {
      const facts = imageAnswerSchema.safeParse(await readJsonFile(pathOf(key, 'json')))
      return facts.success ? facts.data : null
    },

    async remove(key: string) {
      for (const kind of ['json', 'image', 'part']) await rm(pathOf(key, kind), { force: true })
    },
  }
}

/** Keys are ours; one that is not must not lead out of the folder. */
function safe(key: string) {
  return /^[\w-]{1,100}$/.test(key) ? key : Buffer.from(key).toString('hex').slice(0, 200)
}

async function sync(file: FileHandle) {
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Answers whose generations were over without them. */
async function removeOld(directory: string) {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    const found = await stat(path).catch(() => undefined)
    if (found && found.mtimeMs < Date.now() - keptMs) await rm(path, { force: true })
  }
}

async function written(label: string, work: () => Promise<void>) {
  try {
    await work()
  } catch (cause) {
    throw new ProviderError('generation_failed', {
      submitOutcome: 'job_made',
      retryable: false,
      userMessage: message('provider.imageNotKept'),
      logMessage: `${label}: the image could not be written: ${String(cause)}`,
      cause,
    })
  }
}

function unwritable(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.notPrepared', { provider: label }),
    logMessage: `${label}: no place for its answers: ${String(cause)}`,
    cause,
  })
}
