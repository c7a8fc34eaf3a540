import { expect, test } from 'vitest'
import { queueVeo } from '../../../tests/support/queue-veo.ts'
import type { ScriptedProvider } from '../../../tests/support/scripted-provider.ts'
import { withVeo } from '../../../tests/support/with-veo.ts'
import {
  type TestGeneration,
  driveToEnd,
  testGeneration,
} from '../../../tests/support/test-generation.ts'

let kie: ScriptedProvider
let vertex: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  ;({ kie, vertex } = made)
  deps = testGeneration([])
  return deps
})

const off = 'Kie.ai is switched off here at the moment.'

test('a video waits for a provider that is switched off, and is made once it is on again', async () => {
  const { id } = await queueVeo(deps)
  const waiting = await driveToEnd(id, deps, 100)
  expect(waiting.row).toMatchObject({
    state: 'queued',
    wait: { code: 'provider_off', providerLabel: 'Kie.ai' },
    attempts: [],
  })
  deps.providers = new Map([['kie', kie]])
  const { row } = await driveToEnd(id, deps)
  expect(row).toMatchObject({ state: 'completed', provider: 'kie', wait: null })
  expect(kie.jobs).toHaveLength(1)
})

test('another provider steps in for one that is switched off', async () => {
  deps.providers = new Map([['vertex', vertex]])
  const { id } = await queueVeo(deps)
  const { row } = await driveToEnd(id, deps)
  expect(row).toMatchObject({
    state: 'completed',
    provider: 'vertex',
    routeReason: `${off} Vertex AI steps in.`,
  })
})
