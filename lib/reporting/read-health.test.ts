import { says } from '../../tests/support/says.ts'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import type { ProviderView } from '../contract/provider-view.ts'
import type { Room } from '../assets/storage/room.ts'
import { closeDatabase, database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { emptyRecord } from './records.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { readHealth, readStorage } from './read-health.ts'
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
    cooldown: null,
    lastError: null,
    webhooks: 'on',
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
      // What is left on the account is for the operator only.
      providers: { kie: { state: 'ok', record: emptyRecord } },
      access: { mode: 'open', reason: { key: 'access.setOpen' } },
      warnings: [],
      webhooks: 'on',
      callbacks: 'on',
    })
  })

  test('says nothing of providers that are off', async () => {
    const health = await healthWith(aProvider({ isOn: false, health: null }))
    expect(health).toMatchObject({ status: 'ok', providers: {} })
  })

  test.each<[string, Partial<ProviderView>, string]>([
    ['is down', { health: { state: 'down', message: 'Gone.' } }, 'Gone.'],
    ['is in a cooldown', { cooldown: { until: '', reason: 'No credits.' } }, 'No credits.'],
    [
      'has an open circuit',
      { circuit: 'open' },
      'Paused for a minute after repeated failures. Retries automatically.',
    ],
  ])('is degraded where a provider %s, and says why', async (_name, differences, message) => {
    const health = await healthWith(aProvider({ id: 'vertex' }), aProvider(differences))
    expect(health).toMatchObject({
      status: 'degraded',
      providers: { vertex: { state: 'ok' }, kie: { message: says(message) } },
    })
  })

  test('says why no webhooks come, and is still ok', async () => {
    const pollingOnlyReason = 'Polling only: set PUBLIC_URL.'
    const health = await readHealth(async () => ({ providers: [], pollingOnlyReason, parked: 0 }))
    expect(health).toMatchObject({ status: 'ok', webhooks: pollingOnlyReason })
  })

  test('is told of, also where its providers cannot be', async () => {
    const health = await readHealth(() => Promise.reject(new Error('a bug')))
    expect(health).toMatchObject({ status: 'ok', providers: {} })
  })

  test('is degraded where storage cannot be written', async () => {
    await rm(join(folder, 'media'), { recursive: true, force: true })
    await writeFile(join(folder, 'media'), 'a file where a folder should be')
    // The file system is asked every few seconds only.
    forgetProcessWide('storage')
    expect(await healthWith(aProvider())).toMatchObject({
      status: 'degraded',
      storage: { state: 'down', message: says('This studio can’t write to its storage.') },
    })
    await rm(join(folder, 'media'))
    forgetProcessWide('storage')
  })

  test('is down where the database is', async () => {
    await closeDatabase()
    expect(await healthWith(aProvider())).toMatchObject({
      status: 'down',
      database: { state: 'down', message: says('The database is not responding.') },
    })
    forgetProcessWide('database pool')
    forgetProcessWide('database')
  })
})

describe('P8: a disk that fills up', () => {
  const storage = (room: Room) => ({ room: async () => room })

  test('P8: is a warning before it is full, with what is free', async () => {
    const low = storage({ state: 'low', freeBytes: 420_000_000, reason: 'space' })
    expect(await readStorage(low)).toMatchObject({
      state: 'degraded',
      message: says('This studio’s disk is nearly full. 420 MB free.'),
      freeBytes: 420_000_000,
      waiting: 0,
    })
  })

  test('P8: says how many videos wait to be saved', async () => {
    await queueFile({ now: () => new Date() })
    await database()
      .update(generation)
      .set({ state: 'storing', wait: { code: 'storage_down' } })
    const full = storage({ state: 'full', freeBytes: 1_000_000, reason: 'space' })
    expect(await readStorage(full)).toEqual({
      state: 'degraded',
      message: says('This studio’s disk is full. 1.0 MB free. 1 video is waiting to be saved.'),
      freeBytes: 1_000_000,
      waiting: 1,
    })
  })

  test('P8: that does not answer is down', async () => {
    expect(await readStorage({ room: () => Promise.reject(new Error('hung')) })).toMatchObject({
      state: 'down',
    })
  })
})
