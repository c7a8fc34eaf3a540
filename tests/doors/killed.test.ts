import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { hold, ledgerAccount } from '#lib/db/money-schema'
import { useDataFolder } from '#lib/http/test-visitor'
import {
  type InngestEmulator,
  startInngestEmulator,
} from '../emulators/inngest/inngest-emulator.ts'
import { type KieEmulator, startKieEmulator } from '../emulators/kie/kie-emulator.ts'
import { aPerson, byKeyOf } from '../support/people/a-person.ts'
import { aPerson as anAccount } from '../support/people/people.ts'
import { withTestDatabase } from '../support/database/test-database.ts'
import { killableStudio } from './killable-studio.ts'

useDataFolder()
withTestDatabase()

let kie: KieEmulator
let inngest: InngestEmulator
let studio: Awaited<ReturnType<typeof killableStudio>>

async function open(variables: Record<string, string> = {}) {
  kie = await startKieEmulator({ apiKey: 'kie-test-key' })
  inngest = await startInngestEmulator({ haste: 20, knowsIds: false, callsTwice: true })
  const { signingKey, eventKey } = inngest.settings
  studio = await killableStudio({
    KIE_API_KEY: 'kie-test-key',
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_BASE_URL: inngest.url,
    ...variables,
  })
  await studio.start()
}

afterEach(async () => {
  await Promise.all([studio.close(), inngest.close()])
  await kie.close()
})

const rows = () => database().select().from(generation)
const states = async () => (await rows()).map(({ state }) => state)

/** One video: on our books, on the provider's, and paid for once, to the last micro-dollar. */
async function assertOne(prompt: string) {
  await expect.poll(states).toEqual(['completed'])
  expect(kie.jobsOf(prompt)).toHaveLength(1)
  const [row] = await rows()
  const holds = await database().select().from(hold).where(eq(hold.generationId, row!.id))
  expect(holds.map(({ chargedMicros }) => chargedMicros)).toEqual([400_000])
  expect(kie.jobsOf(prompt)[0]!.billedUsd).toBe(0.4)
  const balances = await database().select().from(ledgerAccount)
  expect(balances.reduce((sum, { balance }) => sum + balance, 0)).toBe(0)
  return row!
}

// When the process is killed: as soon as this is so. Killed within the submit, it is for the user to decide:
// `tests/faults` tries that.
const isStarted = async () => (await rows()).length > 0
const isMade = async () => (await states()).includes('waiting')

async function killWhen(moment: () => Promise<boolean>) {
  await expect.poll(moment).toBe(true)
  await studio.kill()
}

/** An event that comes twice, to an executor that calls everything twice, in a process that is killed in between. */
async function makeOneKilled(prompt: string, moment: () => Promise<boolean>) {
  await database().delete(generation)
  await database().delete(hold)
  kie.jobs.splice(0)
  const data = { prompt, model: 'veo-3.1-fast' }
  const event = { name: 'veo3/video.generate', id: prompt.slice(0, 40), data }
  const runs = [...inngest.send(event), ...inngest.send(event)]
  await killWhen(moment)
  await studio.start()
  const { id } = await assertOne(prompt)
  const over = () => runs.map(({ state }) => state)
  await expect.poll(over).toEqual(['completed', 'completed'])
  for (const { output } of runs) expect(output).toMatchObject({ fileId: id })
}

describe('killed with -9 in a run of Inngest, an event that came twice is one video', () => {
  const started = async (JOBS: string) => {
    const { email } = await anAccount()
    await open({ JOBS, INNGEST_OWNER: email })
    expect(await inngest.sync(`${studio.url}/api/inngest`)).toBe(200)
  }

  test(
    'once the video is on record, with the jobs driven by the database',
    { tags: 'long', timeout: 900_000 },
    async () => {
      await started('database')
      await makeOneKilled('a hare #kie:seconds=3', isStarted)
    },
  )

  test(
    'once the job is on record, with the jobs driven by the database',
    { tags: 'long', timeout: 900_000 },
    async () => {
      await started('database')
      await makeOneKilled('a wolf #kie:seconds=3', isMade)
    },
  )

  test('once the job is on record, with the jobs driven by Inngest', async () => {
    await started('inngest')
    await makeOneKilled('a fox #kie:seconds=3', isMade)
    const names = new Set(inngest.runs.map(({ functionId }) => functionId))
    expect(names).toContain('photofinish-advance-call')
  }, 900_000)
})

describe('killed with -9 after an order of OpenJourney', () => {
  test('that is sent again, it is one video with one task', { tags: 'long' }, async () => {
    await database().delete(generation)
    await open()
    const ask = await byKeyOf((await aPerson()).caller)
    const authorization = ask('/').headers.get('authorization')!
    const headers = { authorization, 'content-type': 'application/json' }
    const prompt = 'a dog #kie:seconds=1'
    const body = JSON.stringify({ prompt, quality: 'fast' })
    const order = async () => {
      const url = `${studio.url}/api/openjourney/generate`
      const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
      return ((await response?.json()) as { data: { taskId: string } } | undefined)?.data.taskId
    }
    const lost = order()
    await killWhen(async () => (await rows()).length > 0)
    await lost
    await studio.start()
    const taskId = await order()
    expect(await assertOne(prompt)).toMatchObject({ id: taskId })
    const told = await fetch(`${studio.url}/api/openjourney/status/${taskId}`, { headers })
    const { data } = (await told.json()) as { data: { status: string; videoUrl: string } }
    expect(data.status).toBe('completed')
    expect(data.videoUrl).toContain(`${studio.url}/api/media/${taskId}/video.mp4?until=`)
  })
})
