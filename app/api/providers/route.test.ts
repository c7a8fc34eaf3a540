import { describe, expect, test } from 'vitest'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { afterAll, beforeAll } from 'vitest'
import { withTestDatabase } from '../../../tests/support/test-database.ts'
import { GET as readHealth } from '../../health/route.ts'
import { GET as readModels } from '../models/route.ts'
import { GET as readProviders } from './route.ts'

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
