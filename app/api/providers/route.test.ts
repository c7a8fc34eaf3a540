import { describe, expect, test } from 'vitest'
import { env } from '#lib/env'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { afterAll, beforeAll } from 'vitest'
import { aBrowser } from '../../../tests/support/people/a-browser.ts'
import { aPerson, signedIn } from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET as readHealth } from '../../health/route.ts'
import { GET as readModels } from '../models/route.ts'
import { GET as readProviders } from './route.ts'
import { POST as checkProvider } from './[id]/check/route.ts'

useDataFolder()
process.env.ALLOWED_HOSTS = 'studio.lan'
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const own = [
  'localhost:3000',
  '127.0.0.1',
  '[::1]:3000',
  '192.168.1.7',
  'studio.lan',
  'STUDIO.lan.',
]
const foreign = [
  'evil.example',
  'evil.example.:3000',
  'localhost.evil.example',
  '127.0.0.1.nip.io',
  '?',
]
const by = (host: string, path: string) =>
  new Request(`http://localhost${path}`, { headers: { host } })

describe('S19: what tells of money or errors', () => {
  test.each(own)('is answered at %s', async (host) => {
    expect((await readProviders(by(host, '/api/providers'))).status).toBe(200)
    expect((await readModels(by(host, '/api/models'))).status).toBe(200)
    const health = await readHealth(by(host, '/health'))
    expect(await health.json()).toMatchObject({ status: 'ok', database: { state: 'ok' } })
  })

  test.each(foreign)(
    'is not at %s, where health tells its state and nothing more',
    async (host) => {
      const refusals = [
        await readProviders(by(host, '/api/providers')),
        await readModels(by(host, '/api/models')),
      ]
      for (const refused of refusals) {
        expect(refused.status).toBe(403)
        expect((await refused.json()).code).toBe('host_not_allowed')
      }
      const health = await readHealth(by(host, '/health'))
      expect(health.status).toBe(200)
      expect(await health.json()).toEqual({ status: 'ok' })
    },
  )
})

describe('what providers cost, and what went wrong there', () => {
  interface Told {
    isWhole: boolean
    providers: { record: { spentUsd: number | null }; lastError: unknown; billingUrl: unknown }[]
  }
  const read = async (browser: ReturnType<typeof aBrowser>) =>
    (await (await browser.send(readProviders, 'GET', '/api/providers')).json()) as Told
  const check = (browser: ReturnType<typeof aBrowser>) =>
    browser.send(
      (request) => checkProvider(request, { params: Promise.resolve({ id: 'local' }) }),
      'POST',
      '/api/providers/local/check',
    )
  const spendingOf = async (browser: ReturnType<typeof aBrowser>) => {
    const health = await (await browser.send(readHealth, 'GET', '/health')).json()
    const { providers } = health as { providers: Record<string, { record: { spentUsd: unknown } }> }
    return Object.values(providers).map(({ record }) => record.spentUsd)
  }

  test('is everyone’s while there is no owner', async () => {
    const told = await read(aBrowser())
    expect(told.isWhole).toBe(true)
    expect(told.providers.every(({ record }) => record.spentUsd === 0)).toBe(true)
    expect((await check(aBrowser())).status).toBe(200)
  })

  test('is no stranger’s where what costs money is for members, owner or not', async () => {
    Object.assign(env(), { ACCESS: 'members' })
    try {
      expect((await read(aBrowser())).isWhole).toBe(false)
      expect((await check(aBrowser())).status).toBe(403)
      for (const spent of await spendingOf(aBrowser())) expect(spent).toBeNull()
    } finally {
      Object.assign(env(), { ACCESS: 'open' })
    }
  })

  test('is the owner’s and the admins’ once there is one', async () => {
    const admin = await signedIn(await aPerson('admin'))
    const owner = await signedIn(await aPerson('owner'))
    const member = await signedIn(await aPerson('user'))
    for (const browser of [owner, admin]) {
      expect((await read(browser)).isWhole).toBe(true)
      expect((await check(browser)).status).toBe(200)
      expect(await spendingOf(browser)).not.toContain(null)
    }
    for (const browser of [member, aBrowser()]) {
      const told = await read(browser)
      expect(told.isWhole).toBe(false)
      for (const { record, lastError, billingUrl } of told.providers)
        expect([record.spentUsd, lastError, billingUrl]).toEqual([null, null, null])
      const refused = await check(browser)
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ code: 'forbidden' })
      for (const spent of await spendingOf(browser)) expect(spent).toBeNull()
    }
  })
})
