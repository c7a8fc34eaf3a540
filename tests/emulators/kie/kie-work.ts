import type { Answer, EmulatedJob, Emulator } from '../emulator.ts'
import { answerFault, HangUp } from '../emulator.ts'
import { stateOf } from './kie-records.ts'
import { kieRefusal } from './kie-refusals.ts'

// The larger versions of Veo tasks: each is asked for, again and again, under the id of its task.

const sizes = {
  '1080p': {
    details: 'hd',
    usd: 0.025,
    looks: 2,
    processing:
      '1080P is processing. It should be ready in 1-2 minutes. Please check back shortly.',
  },
  '4k': {
    details: 'fourK',
    usd: 0.6,
    looks: 2,
    processing: '4k is processing. It should be ready in 5-10 minutes. Please check back shortly.',
  },
} as const

/** `GET get-1080p-video`: the first call that finds it ready has made it, and later ones bring it again. */
export function hdVideo(emulator: Emulator, job: EmulatedJob | undefined): Answer {
  if (!job || stateOf(emulator, job) !== 'done') return kieRefusal(422, 'record is null')
  if (emulator.strikes('hd-none', job.prompt)) return unavailable('1080P')
  const looks = lookAt(job, '1080p')
  const { processing } = sizes['1080p']
  if (looks < sizes['1080p'].looks || emulator.strikes('hd-never', job.prompt))
    return kieRefusal(looks % 2 === 0 ? 400 : 422, processing)
  const link = `${emulator.linkOf(job)}?1080p`
  if (!emulator.strikes('hd-422', job.prompt))
    return { json: { code: 200, msg: 'success', data: { resultUrl: link } } }
  return madeBefore(job, link)
}

/**
 * `POST get-4k-video`: the first one is an order, and is on the books as a job of its own; each one after it is answered
 * with 422, also where that is a success.
 */
export async function fourKVideo(
  emulator: Emulator,
  job: EmulatedJob | undefined,
  isCredit: (usd: number) => boolean,
): Promise<Answer> {
  if (!job || stateOf(emulator, job) !== 'done') return kieRefusal(422, 'record is null')
  const { prompt, reference } = job
  if (emulator.strikes('4k-reset', prompt)) throw new HangUp()
  if (emulator.strikes('4k-none', prompt)) return unavailable('4K')
  const link = `${emulator.linkOf(job)}?4k`
  const looks = lookAt(job, '4k')
  if (looks > 0) {
    const isThere = looks > sizes['4k'].looks && !emulator.strikes('4k-never', prompt)
    return isThere ? madeBefore(job, link) : pending(reference, sizes['4k'].processing)
  }
  if (!isCredit(sizes['4k'].usd)) {
    job.details.fourK = 0
    return kieRefusal(402)
  }
  const billedUsd = sizes['4k'].usd
  emulator.addJob({ reference: `${reference}.4k`, prompt, model: 'veo/4k', billedUsd })
  if (emulator.strikes('4k-lost', prompt)) throw new HangUp()
  const data = { taskId: reference, resultUrls: null, imageUrls: null }
  const lost = await answerFault(emulator, prompt)
  return lost ?? { json: { code: 200, msg: 'success', data } }
}

function lookAt(job: EmulatedJob, size: keyof typeof sizes) {
  const name = sizes[size].details
  const looks = Number(job.details[name] ?? 0)
  job.details[name] = looks + 1
  return looks
}

function pending(taskId: string, msg: string): Answer {
  return { json: { code: 422, msg, data: { taskId, resultUrls: null, imageUrls: null } } }
}

function madeBefore({ reference }: EmulatedJob, link: string): Answer {
  const data = { taskId: reference, resultUrls: [link], imageUrls: [] }
  return { json: { code: 422, msg: 'The video has been generated successfully', data } }
}

function unavailable(size: string) {
  const msg = `The ${size} version of this video is unavailable. Please try a different video.`
  return kieRefusal(500, msg)
}
