import { callerNamed } from '../support/people/caller-named.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { database } from '#lib/db/client'
import { attempt } from '#lib/db/generation-schema'
import { transfer } from '#lib/db/money-schema'
import { noInputs } from '#lib/contract/generation-inputs'
import { findGeneration } from '#lib/generations/queries'
import type { GenerationRow } from '#lib/generations/row'
import { receiveWebhook } from '#lib/generations/webhooks/webhooks'
import { resubmit } from '#lib/generations/commands/resubmit'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { checkLedger } from '#lib/money/check'
import { withTestDatabase } from '../support/database/test-database.ts'
import {
  type TestGeneration,
  queueFile,
  testGeneration,
} from '../support/generations/test-generation.ts'
import { tinyMp4 } from '../support/films/tiny-mp4.ts'
import { startKillBench } from './kill-bench.ts'
import { subjects as moneySubjects } from './money/money-plan.ts'

withTestDatabase()

let bench: Awaited<ReturnType<typeof startKillBench>>
let deps: TestGeneration

beforeAll(async () => {
  await Promise.all([startQueue(), tinyMp4()])
  bench = await startKillBench()
  deps = testGeneration(bench.provider)
  deps.now = () => new Date()
  deps.databaseClock = deps.now
})
afterAll(async () => {
  await Promise.all([stopQueue(1_000), bench.close(), deps.dispose()])
})

const childrenAtOnce = 2
// A tenth is added to what it costs; what the most expensive provider would take is held.
const priceFactor = 1_100_000
const purses = {
  video: { heldMicros: 1_320_000, chargedMicros: 440_000 },
  image: { heldMicros: 73_700, chargedMicros: 44_000 },
}
const orders = {
  video: { ...moneySubjects.video, provider: 'kie', priceFactor },
  image: {
    ...moneySubjects.image,
    settings: { ...moneySubjects.image.settings, resolution: '1K', width: 1024, height: 1024 },
    provider: 'kie',
    priceFactor,
  },
} as const
type Kind = keyof typeof orders
/** What each child makes; the video of a chain begins with its image, and waits for that. */
const subjects = ['video', 'image', 'chain'] as const
type Subject = (typeof subjects)[number]

/** Queues what a child is to make, in the order in which it can be made. */
async function queueSubject(subject: Subject, killAt: number): Promise<string[]> {
  if (subject !== 'chain') return [await queueOne(subject, `${subject} ${killAt}`)]
  const image = await queueOne('image', `a chain ${killAt}, its image`)
  const video = await queueOne('video', `a chain ${killAt}, its video`, image)
  return [image, video]
}

async function queueOne(kind: Kind, words: string, firstFrame?: string) {
  const { mostMicros: _, ...order } = orders[kind]
  const { heldMicros } = purses[kind]
  const prompt = `a fox in ${words}, killed #kie:seconds=0`
  const { id } = await queueFile(deps, {
    ...order,
    heldMicros,
    prompt,
    ...(firstFrame && { waitsFor: [firstFrame], wait: { code: 'inputs' } }),
    settings: { ...order.settings, ...(firstFrame && { inputs: { ...noInputs, firstFrame } }) },
  })
  return id
}

/** Kills a child at boundary 1, 2, 3 and so on, each with one of its own, until one gets to its end unharmed. */
async function killAtEvery(subject: Subject) {
  const made: string[][] = []
  let isThrough = false
  const worker = async () => {
    while (!isThrough) {
      const killAt = made.push([])
      const fileIds = await queueSubject(subject, killAt)
      made[killAt - 1] = fileIds
      const { boundaries } = await bench.run(fileIds, killAt)
      isThrough ||= boundaries !== null
    }
  }
  await Promise.all(Array.from({ length: childrenAtOnce }, worker))
  return made
}

/** Lets the process start again, and do what is left to do. */
async function startAgain(made: string[][]) {
  const half = Math.ceil(made.length / childrenAtOnce)
  const shares = [made.slice(0, half), made.slice(half)]
  await Promise.all(shares.map((share) => bench.run(share.flat())))
}

async function outcomeOf(key: string) {
  const [row] = await database().select().from(attempt).where(eq(attempt.idempotencyKey, key))
  return row?.outcome
}

function rowsOf(fileIds: string[]) {
  return Promise.all(fileIds.map(async (id) => (await findGeneration(id))!))
}

/** What moved for a video, by what it was for. */
async function moneyOf({ id, chargedMicros }: GenerationRow) {
  const ofIt = eq(transfer.generationId, id)
  const rows = await database().select().from(transfer).where(ofIt).orderBy(transfer.id)
  return { chargedMicros, moved: rows.map(({ kind, amount }) => `${kind} ${amount}`) }
}

/** Held once, charged once and returned once; where a submit is unknown to the end it stays held. */
function expectedMoney({ attempts, kind }: GenerationRow) {
  const { heldMicros, chargedMicros } = purses[kind as Kind]
  const held = `held ${heldMicros}`
  const isOpen = attempts.some(({ costMicros }) => costMicros === null)
  if (isOpen) return { chargedMicros: null, moved: [held] }
  const returned = `returned ${heldMicros - chargedMicros}`
  return { chargedMicros, moved: [held, `spent ${chargedMicros}`, returned] }
}

test.each(subjects)(
  'killed at any await, a process loses no %s and pays for none twice',
  async (subject) => {
    const made = await killAtEvery(subject)
    await startAgain(made)
    const fileIds = made.flat()
    const restarted = await rowsOf(fileIds)
    const unknown = restarted.filter(({ state }) => state === 'submit_unknown')
    // The attempt with the unknown outcome is written down with the key that a webhook would bring.
    for (const row of unknown) expect(await outcomeOf(row.attemptKey!)).toBe('unknown')

    const hasJob = ({ prompt }: { prompt: string }) => bench.kie.jobsOf(prompt).length > 0
    const keys = new Set(unknown.map(({ attemptKey }) => attemptKey))
    const webhooks = bench.webhooks.filter(({ idempotencyKey }) => keys.has(idempotencyKey))
    for (const webhook of webhooks)
      await receiveWebhook(webhook, { ...deps, now: () => webhook.cameAt })
    // Without a job no webhook comes, so the user decides.
    const undecided = unknown.filter((row) => !hasJob(row))
    for (const { ownerId, id } of undecided) await resubmit(callerNamed(ownerId), id, deps)
    await startAgain(made)

    const rows = await rowsOf(fileIds)

    const jobs = rows.map(({ prompt }) => bench.kie.jobsOf(prompt).length)
    const figures = {
      killPoints: made.length - 1,
      lost: rows.filter(({ state }) => state !== 'completed').length,
      billedTwice: jobs.filter((count) => count > 1).length,
      toldByWebhook: unknown.length - undecided.length,
      decidedByUser: undecided.length,
    }
    console.info('kill -9 at every await', subject, figures)
    expect(figures).toMatchObject({ lost: 0, billedTwice: 0 })
    expect(jobs.every((count) => count === 1)).toBe(true)
    expect(figures.toldByWebhook).toBeGreaterThan(0)
    expect(figures.decidedByUser).toBeGreaterThan(0)
    for (const row of rows) expect(await moneyOf(row)).toEqual(expectedMoney(row))
    expect(await checkLedger()).toMatchObject({ sum: '0', mismatches: 0 })
  },
  1_800_000,
)
