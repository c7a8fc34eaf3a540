import { tmpdir } from 'node:os'
import { says } from '../../../tests/support/says.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type KieEmulator, startKieEmulator } from '../../../tests/emulators/kie/kie-emulator.ts'
import type { Emulator } from '../../../tests/emulators/emulator.ts'
import { startVertexEmulator } from '../../../tests/emulators/vertex-emulator.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { createKieProvider } from '../../ai/providers/kie/kie-provider.ts'
import { createVertexProvider } from '../../ai/providers/vertex/vertex-provider.ts'
import { cooldownsAt } from '../cooldowns.ts'
import { lastErrors } from '../../reporting/records.ts'

withTestDatabase()

const sentence = 'Kie.ai rejected the API key. The operator has been notified.'

let kie: KieEmulator
let vertex: Emulator
let deps: TestGeneration

beforeAll(async () => {
  ;[kie, vertex] = await Promise.all([startKieEmulator({ apiKey: 'new' }), startVertexEmulator()])
})
afterAll(() => Promise.all([kie.close(), vertex.close()]))
beforeEach(async () => {
  await forgetEverything()
  useKey('old')
})
afterEach(() => deps.dispose())

function useKey(apiKey: string) {
  const providers = [
    createKieProvider({ apiKey, baseUrl: kie.url, uploadUrl: kie.url }),
    createVertexProvider({
      project: 'p',
      location: 'l',
      baseUrl: vertex.url,
      answersDirectory: tmpdir(),
    }),
  ]
  deps = Object.assign(testGeneration(providers), { fetch: globalThis.fetch })
}

const pause = async () => (await cooldownsAt(deps.now())).get('kie')
const submits = () => kie.requests.filter((one) => one.startsWith('POST ')).length

async function make(prompt: string, differences: Parameters<typeof queueVeo>[1] = {}) {
  const { id } = await queueVeo(deps, { prompt: `${prompt} #vertex:seconds=0`, ...differences })
  return (await driveToEnd(id, deps)).row!
}

const kling = {
  model: 'kling-3',
  modelLabel: 'Kling 3.0 Turbo',
  settings: { duration: 5, generateAudio: false },
} as const

test('a refused key begins a cooldown, and another steps in for all that come', async () => {
  const before = submits()
  expect(await make('a fox')).toMatchObject({
    state: 'completed',
    provider: 'vertex',
    routeReason: says(`${sentence} Falling back to Google Vertex AI.`),
    attempts: [
      { provider: 'kie', outcome: 'refused', costMicros: 0, errorCode: 'auth' },
      { provider: 'vertex', outcome: 'completed' },
    ],
  })
  expect(await pause()).toMatchObject({ errorCode: 'auth', reason: says(sentence) })
  expect((await lastErrors(['kie'])).get('kie')).toMatchObject({
    code: 'auth',
    message: says(sentence),
  })
  const next = await make('a hare')
  expect(next).toMatchObject({ state: 'completed', provider: 'vertex' })
  // Only the first one went there.
  expect(submits() - before).toBe(1)
  expect(kie.jobs).toEqual([])
})

test('a model that only this provider makes fails, says why, and costs nothing', async () => {
  const words = { state: 'failed', errorCode: 'auth', errorMessage: says(sentence), costMicros: 0 }
  expect(await make('a fox', kling)).toMatchObject(words)
  const before = submits()
  expect(await make('a hare', kling)).toMatchObject({ ...words, attempts: [] })
  expect(submits() - before).toBe(0)
})

test('with the right key, and the pause over, it makes videos again', async () => {
  await make('a fox', kling)
  const { now } = deps
  useKey('new')
  deps.pass(now().getTime() - deps.now().getTime() + 15 * 60_000)
  expect(await make('a hare #kie:seconds=0', kling)).toMatchObject({
    state: 'completed',
    provider: 'kie',
  })
})
