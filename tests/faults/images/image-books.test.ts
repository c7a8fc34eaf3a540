import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGeminiProvider } from '#lib/ai/providers/gemini/gemini-provider'
import { createKieProvider } from '#lib/ai/providers/kie/kie-provider'
import type { Provider } from '#lib/ai/providers/provider'
import { createVertexProvider } from '#lib/ai/providers/vertex/vertex-provider'
import { microsOf } from '#lib/contract/money'
import { findGeneration } from '#lib/generations/queries'
import { requestOf } from '#lib/generations/steps/request'
import { applyEvent } from '#lib/generations/store'
import { startAllEmulators } from '../../emulators/all-emulators.ts'
import { withTestDatabase } from '../../support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../support/generations/test-generation.ts'

// Images through the real adapters, at providers that misbehave: what we book is what they bill, and a start whose answer
// is lost is never paid twice.

withTestDatabase()

let services: Awaited<ReturnType<typeof startAllEmulators>>
let deps: TestGeneration
let answersDirectory: string

beforeAll(async () => {
  services = await startAllEmulators()
})
afterAll(() => services.close())
beforeEach(async () => {
  await forgetEverything()
  deps = Object.assign(testGeneration([]), { fetch: globalThis.fetch })
  answersDirectory = join(deps.workFolder, 'answers')
  for (const provider of providers())
    (deps.providers as Map<string, Provider>).set(provider.id, provider)
})
afterEach(() => deps.dispose())

function providers(): Provider[] {
  const { variables: set } = services
  return [
    createKieProvider({
      apiKey: set.KIE_API_KEY,
      baseUrl: set.KIE_BASE_URL,
      uploadUrl: set.KIE_UPLOAD_URL,
    }),
    createGeminiProvider({
      apiKey: set.GEMINI_API_KEY,
      baseUrl: set.GEMINI_BASE_URL,
      answersDirectory,
    }),
    createVertexProvider({
      project: 'p',
      location: 'global',
      baseUrl: set.VERTEX_BASE_URL,
      answersDirectory,
    }),
  ]
}

const prices = { kie: 40_000, gemini: 67_000, vertex: 67_000 }
type Id = keyof typeof prices

/** An image of Nano Banana 2, queued at a provider, as a start would insert it. */
function queueImage(provider: Id, prompt: string) {
  return queueFile(deps, {
    kind: 'image',
    prompt,
    model: 'nano-banana-2',
    modelLabel: 'Nano Banana 2',
    isDemo: false,
    isCancelable: false,
    provider,
    providerLabel: provider,
    quotedMicros: prices[provider],
    ceilingMicros: 67_000,
    priceMicros: prices[provider],
    settings: {
      aspectRatio: '1:1',
      resolution: '1K',
      width: 1024,
      height: 1024,
      duration: 0,
      imageFormat: 'jpeg',
    },
  })
}

async function make(provider: Id, orders: string) {
  const prompt = `an image ${orders} #kie:seconds=0`
  const { id } = await queueImage(provider, `${prompt} at ${provider}`)
  const { row } = await driveToEnd(id, deps, 30)
  return row!
}

/** What the providers have on their books for a prompt: how many jobs, and how much of it is billed. */
function booksOf(prompt: string) {
  const { kie, gemini, vertex } = services.emulators
  const jobs = [kie, gemini, vertex].flatMap((emulator) => emulator.jobsOf(prompt))
  return { jobs, billedMicros: jobs.reduce((sum, job) => sum + microsOf(job.billedUsd), 0) }
}

/** The bytes of an image in our storage. */
async function storedBytes(fileId: string) {
  const object = await deps.storage.get(`${fileId}/image.jpg`)
  return Buffer.from(await new Response(object!.read() as BodyInit).arrayBuffer())
}

/** The same as the provider made them. */
function bytesOf(id: Id, prompt: string) {
  const emulator = services.emulators[id]
  return emulator.bytesOf(emulator.jobsOf(prompt)[0]!)
}

describe('an image that is made', () => {
  test.each<Id>(['kie', 'gemini', 'vertex'])('at %s costs what is billed', async (provider) => {
    const row = await make(provider, '')
    const { jobs, billedMicros } = booksOf(row.prompt)
    expect(row).toMatchObject({
      state: 'completed',
      provider,
      costMicros: prices[provider],
      attempts: [{ outcome: 'completed', costMicros: prices[provider] }],
    })
    expect(jobs).toHaveLength(1)
    expect(billedMicros).toBe(row.costMicros)
    expect(await storedBytes(row.id)).toEqual(await bytesOf(provider, row.prompt))
    expect(await readdir(answersDirectory).catch(() => [])).toEqual([])
  })

  test('at Kie.ai costs what Kie.ai says, whatever its price', async () => {
    const row = await make('kie', '#kie:bill=7')
    expect(row).toMatchObject({ state: 'completed', costMicros: 70_000 })
    expect(booksOf(row.prompt).billedMicros).toBe(70_000)
  })
})

describe('another provider steps in', () => {
  test.each(['401', '402', '422', 'retired', '503=600', 'kie-code=505'])(
    'where Kie.ai refuses by %s, and is paid alone',
    async (fault) => {
      const row = await make('kie', `#kie:${fault}`)
      const { jobs, billedMicros } = booksOf(row.prompt)
      expect(row).toMatchObject({ state: 'completed', costMicros: 67_000 })
      expect(['gemini', 'vertex']).toContain(row.provider)
      expect(row.attempts).toMatchObject([
        { provider: 'kie', outcome: 'refused', costMicros: 0 },
        { provider: row.provider, outcome: 'completed', costMicros: 67_000 },
      ])
      expect(jobs).toHaveLength(1)
      expect(billedMicros).toBe(67_000)
    },
  )

  test('never where the content was refused', async () => {
    const row = await make('kie', '#kie:policy')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'content_policy', costMicros: 0 })
    expect(booksOf(row.prompt).jobs).toEqual([])
  })
})

const lost: [Id, string, number][] = [
  ...['reset', 'reset-after', '500-after', 'html-after'].map((fault): [Id, string, number] => [
    'kie',
    fault,
    fault === 'reset' ? 0 : 1,
  ]),
  ...(['gemini', 'vertex'] as const).flatMap((id) =>
    ['reset', 'reset-after', '500-after', 'html-after', 'answer-cut', 'broken-base64'].map(
      (fault): [Id, string, number] => [id, fault, fault === 'reset' ? 0 : 1],
    ),
  ),
]

describe('an answer that is lost', () => {
  test.each(lost)('at %s by %s is paid once, and no other steps in', async (id, fault, jobs) => {
    const row = await make(id, `#${id}:${fault}`)
    expect(row).toMatchObject({
      state: 'submit_unknown',
      costMicros: null,
      attempts: [{ provider: id, outcome: 'unknown', costMicros: null }],
    })
    expect(booksOf(row.prompt).jobs).toHaveLength(jobs)
  })
})

describe('an image that comes to nothing', () => {
  test.each<[Id, string, string, number | null]>([
    ['kie', 'fail', 'generation_failed', 0],
    ['kie', 'safety', 'content_policy', 0],
    // Google says that a withheld image is free, and of the others it says nothing.
    ['gemini', 'safety', 'content_policy', 0],
    ['vertex', 'safety', 'content_policy', 0],
    ['gemini', 'blocked', 'content_policy', null],
    ['gemini', 'no-image', 'content_policy', null],
    ['vertex', 'no-video', 'generation_failed', null],
    ['vertex', 'fail', 'generation_failed', null],
  ])('at %s by %s is never made elsewhere, and free only by their word', async (...order) => {
    const [id, fault, errorCode, costMicros] = order
    const row = await make(id, `#${id}:${fault}`)
    const { jobs, billedMicros } = booksOf(row.prompt)
    expect(row).toMatchObject({ state: 'failed', errorCode, costMicros })
    expect(jobs).toHaveLength(1)
    if (costMicros !== null) expect(billedMicros).toBe(costMicros)
    expect(await readdir(answersDirectory).catch(() => [])).toEqual([])
  })
})

describe('a process that dies', () => {
  /** Leaves a generation as one does that is killed in its submit; with `isAnswered` right after the answer. */
  async function killed(id: Id, isAnswered: boolean) {
    const { id: fileId } = await queueImage(id, `killed at ${id} ${isAnswered}`)
    const row = (await findGeneration(fileId))!
    const idempotencyKey = `token_${fileId.slice(5)}`
    const provider = deps.providers.get(id)!
    const context = {
      fetch,
      now: deps.now,
      signal: new AbortController().signal,
      webhookUrl: null,
    }
    const prepared = await provider.prepare({ ...requestOf(row), inputs: [] }, context)
    const leaseMs = 1_000
    const claimed = { type: 'claimed', leaseId: 'lease_dead', leaseMs, force: true } as const
    await applyEvent(fileId, claimed, deps.now)
    const attempt = {
      idempotencyKey,
      provider: id,
      providerLabel: id,
      model: 'm',
      reason: '',
      consoleUrl: null,
      priceMicros: prices[id],
      startedAt: deps.now(),
    }
    const deadlineAt = new Date(deps.now().getTime() + 30 * 60_000)
    const slot = { type: 'slot_taken', leaseId: 'lease_dead', attempt, deadlineAt } as const
    await applyEvent(fileId, slot, deps.now)
    if (isAnswered) await provider.submit(prepared, idempotencyKey, context)
    deps.pass(leaseMs + 1)
    return fileId
  }

  test.each<Id>(['gemini', 'vertex'])(
    'after the answer of %s has left the image behind: it is delivered, and paid once',
    async (id) => {
      const fileId = await killed(id, true)
      const { row } = await driveToEnd(fileId, deps)
      const { jobs, billedMicros } = booksOf(row!.prompt)
      expect(row).toMatchObject({
        state: 'completed',
        provider: id,
        costMicros: 67_000,
        attempts: [{ outcome: 'completed', costMicros: 67_000 }],
      })
      expect(jobs).toHaveLength(1)
      expect(billedMicros).toBe(67_000)
      expect(await storedBytes(fileId)).toEqual(await bytesOf(id, row!.prompt))
      expect(await readdir(answersDirectory)).toEqual([])
    },
  )

  test.each<Id>(['gemini', 'vertex'])(
    'before the answer of %s leaves the user to decide, and asks no other',
    async (id) => {
      const fileId = await killed(id, false)
      const { row } = await driveToEnd(fileId, deps, 20)
      expect(row).toMatchObject({ state: 'submit_unknown', costMicros: null })
      expect(booksOf(row!.prompt).jobs).toEqual([])
    },
  )
})
