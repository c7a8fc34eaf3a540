import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/test-database.ts'
import type { ProviderView } from '../contract/provider-view.ts'
import { closeDatabase } from '../db/client.ts'
import { emptyRecord } from './records.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { readHealth } from './read-health.ts'
import { useDataFolder } from '../http/test-visitor.ts'

const folder = useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

function aProvider(differences: Partial<ProviderView> = {}): ProviderView {
  return {
    id: 'kie',
    label: 'Kie.ai',
    billingUrl: null,
    isOn: true,
    variables: [],
    health: { state: 'ok', credits: { left: 7, unit: 'credits' } },
    circuit: 'closed',
    pause: null,
    lastError: null,
    callbacks: 'on',
    models: [],
    record: emptyRecord,
    ...differences,
  }
}

const healthWith = (...providers: ProviderView[]) =>
  readHealth(async () => ({ providers, pollingOnlyReason: null, parked: 0 }))

describe('an installation', () => {
  test('is ok where every part of it is', async () => {
    const part = { state: 'ok' }
    expect(await healthWith(aProvider())).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      database: part,
      queue: part,
      storage: part,
      // What is left on the account is no matter of everybody's.
      providers: { kie: { state: 'ok', record: emptyRecord } },
      callbacks: 'on',
    })
  })

  test('says nothing of providers that are off', async () => {
    const health = await healthWith(aProvider({ isOn: false, health: null }))
    expect(health).toMatchObject({ status: 'ok', providers: {} })
  })

  test.each<[string, Partial<ProviderView>, string]>([
    ['is down', { health: { state: 'down', message: 'Gone.' } }, 'Gone.'],
    ['is in a cooldown', { pause: { until: '', reason: 'No credits.' } }, 'No credits.'],
    [
      'has an open circuit',
      { circuit: 'open' },
      'Not called for a minute, after repeated failures.',
    ],
  ])('is degraded where a provider %s, and says why', async (_name, differences, message) => {
    const health = await healthWith(aProvider({ id: 'vertex' }), aProvider(differences))
    expect(health).toMatchObject({
      status: 'degraded',
      providers: { vertex: { state: 'ok' }, kie: { message } },
    })
  })

  test('says why no webhooks come, and is still ok', async () => {
    const pollingOnlyReason = 'Polling only: set PUBLIC_URL.'
    const health = await readHealth(async () => ({ providers: [], pollingOnlyReason, parked: 0 }))
    expect(health).toMatchObject({ status: 'ok', callbacks: pollingOnlyReason })
  })

  test('is told of, also where its providers cannot be', async () => {
    const health = await readHealth(() => Promise.reject(new Error('a bug')))
    expect(health).toMatchObject({ status: 'ok', providers: {} })
  })

  test('is degraded where storage cannot be written', async () => {
    await rm(join(folder, 'media'), { recursive: true, force: true })
    await writeFile(join(folder, 'media'), 'a file where a folder should be')
    expect(await healthWith(aProvider())).toMatchObject({
      status: 'degraded',
      storage: { state: 'down', message: 'Storage cannot be written.' },
    })
    await rm(join(folder, 'media'))
  })

  test('is down where the database is', async () => {
    await closeDatabase()
    expect(await healthWith(aProvider())).toMatchObject({
      status: 'down',
      database: { state: 'down', message: 'The database does not answer.' },
    })
    forgetProcessWide('database pool')
  })
})
