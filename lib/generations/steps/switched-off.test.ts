import { says } from '../../../tests/support/says.ts'
import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'

const { test, bed } = veoBed(() => testGeneration([]))

const off = 'Kie.ai is switched off on this server.'

test('a video waits for a provider that is switched off, and is made once it is on again', async () => {
  const { id } = await queueVeo(bed.deps)
  const waiting = await driveToEnd(id, bed.deps, 100)
  expect(waiting.row).toMatchObject({
    state: 'queued',
    wait: { code: 'provider_off', providerLabel: 'Kie.ai' },
    attempts: [],
  })
  bed.deps.providers = new Map([['kie', bed.kie]])
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', provider: 'kie', wait: null })
  expect(bed.kie.jobs).toHaveLength(1)
})

test('another provider steps in for one that is switched off', async () => {
  bed.deps.providers = new Map([['vertex', bed.vertex]])
  const { id } = await queueVeo(bed.deps)
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({
    state: 'completed',
    provider: 'vertex',
    routeReason: says(`${off} Falling back to Vertex AI.`),
  })
})
