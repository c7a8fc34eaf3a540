import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { providerSetups } from '#lib/ai/providers/index'
import type { Json } from '#lib/ai/providers/provider'
import { closeDatabase, database, useDatabase } from '#lib/db/client'
import { migrate } from '#lib/db/reach/migrate'
import { generation } from '#lib/db/generation-schema'
import { parseEnv } from '#lib/env'
import { loadRows, migrateToOld, newDatabase, readOldInstallation } from './old-installation.ts'

// Every job the old version had under way is one its adapter still asks for, by the name it has at the provider.

const folder = mkdtempSync(join(tmpdir(), 'upgrade-adapters-'))
afterAll(async () => {
  await closeDatabase()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const environment = parseEnv({
  DATA_DIR: folder,
  KIE_API_KEY: 'a key',
  GOOGLE_CLOUD_PROJECT: 'emulated-project',
  VERTEX_BASE_URL: 'http://127.0.0.1:1',
  GEMINI_API_KEY: 'a key',
  SUPERDUPERAI_TOKEN: 'a key',
})
const old = readOldInstallation('http://emulator.test', folder)
let jobs: { id: string; provider: string; operation: Json }[]

beforeAll(async () => {
  const address = await newDatabase(inject('databaseServer'))
  await migrateToOld(address)
  await loadRows(address, old)
  useDatabase(address)
  await migrate()
  jobs = (await database().select().from(generation)).flatMap(({ id, provider, operation }) =>
    operation ? [{ id, provider, operation: operation as Json }] : [],
  )
})

function adapterOf(id: string) {
  return providerSetups.find((setup) => setup.id === id)!.create(environment)!
}

/** What an operation names its job with, whatever its adapter calls that. */
function jobIn(operation: unknown) {
  const { taskId, name, id, fileId } = operation as Record<string, string>
  return (taskId ?? name ?? id ?? fileId)!
}

function contextWith(fetch: typeof globalThis.fetch) {
  const { signal } = new AbortController()
  return { fetch, now: () => new Date(old.madeAt), signal, webhookUrl: null }
}

/** What an adapter asks with an operation; its provider is out of reach. */
async function askedBy(provider: string, operation: Json) {
  const asked: string[] = []
  const context = contextWith(async (input, init) => {
    const request = new Request(input, init)
    asked.push(decodeURIComponent(request.url) + (await request.text()))
    return new Response('{}', { status: 503 })
  })
  await expect(adapterOf(provider).check(operation, context)).rejects.toMatchObject({
    code: 'provider_unavailable',
  })
  return asked.join(' ')
}

test('each adapter asks for the jobs in each of its dialects', async () => {
  const dialects = new Set<string>()
  for (const { id, provider, operation } of jobs.filter((job) => job.provider !== 'local')) {
    expect(await askedBy(provider, operation), old.names[id]).toContain(jobIn(operation))
    const { api, dialect } = operation as { api?: string; dialect?: string }
    dialects.add([provider, api ?? dialect].join(' ').trim())
  }
  expect([...dialects].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'gemini interactions',
    'gemini veo',
    'kie aleph',
    'kie jobs',
    'kie veo',
    'superduperai',
    'vertex',
  ])
})

test('the local renderer goes on with its films', async () => {
  const local = adapterOf('local')
  const context = contextWith(() => Promise.reject(new Error('no network in this test')))
  const films = jobs.filter(({ provider }) => provider === 'local')
  expect(films.length).toBeGreaterThan(1)
  for (const { operation } of films)
    expect(await local.check(operation, context)).toMatchObject({ status: 'pending' })
  await local.close?.()
})
