import { afterAll, beforeAll, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { useDataFolder } from '#lib/http/test-visitor'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { balanceOf } from '#lib/money/accounts'
import { checkLedger } from '#lib/money/check'
import { grant } from '#lib/money/grants'
import { makeSetupLink } from '#lib/people/accounts/first-owner'
import { createKey } from '#lib/people/keys/keys'
import { type KieEmulator, startKieEmulator } from '../emulators/kie/kie-emulator.ts'
import { aPerson } from '../support/people/a-person.ts'
import { withTestDatabase } from '../support/database/test-database.ts'
import { startServer, withServers } from './server-process.ts'

// Two processes that know of each other by their database alone.

useDataFolder()
withTestDatabase()
withServers()

let kie: KieEmulator
let servers: Awaited<ReturnType<typeof startServer>>[] = []

beforeAll(async () => {
  kie = await startKieEmulator({ apiKey: 'kie-test-key' })
  const variables = {
    ACCESS: 'members',
    BILLING: 'credits',
    KIE_API_KEY: 'kie-test-key',
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
    RATE_LIMITS: 'off',
    UNFINISHED_PER_OWNER: '1000',
  }
  servers = await Promise.all([
    startServer({ ...variables, WORKER: 'off' }),
    startServer(variables),
  ])
})
afterAll(() => kie.close())

/** The server whose turn it is. */
const serverFor = (index: number) => servers[index % 2]!

test('of ten first owners at once by the same link, one wins', async () => {
  const link = await makeSetupLink('http://localhost')
  const token = new URL(link!).searchParams.get('token')
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      serverFor(index).send('POST', '/api/setup', {
        body: {
          token,
          name: `Owner ${index}`,
          email: `owner-${index}@example.com`,
          password: 'correct horse battery',
        },
      }),
    ),
  )
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  const owners = await database().select().from(user).where(eq(user.role, 'owner'))
  expect(owners).toHaveLength(1)
  expect(await database().$count(user)).toBe(1)
})

test(
  'of 100 starts at once on money for 10, 10 are accepted, and the books balance',
  { tags: 'long' },
  async () => {
    const { caller } = await aPerson()
    const { ownerId } = caller
    const { key } = await createKey(caller, { name: 'all', scopes: ['read', 'generate'] })
    await grant({ ownerId, amountMicros: 4_000_000, byUserId: null, note: null })
    const headers = { authorization: `Bearer ${key}` }
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        serverFor(index).send('POST', '/api/generate/video', {
          headers,
          body: { prompt: `video ${index}`, model: 'veo-3.1-fast' },
        }),
      ),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 202)).toHaveLength(10)
    expect(statuses.filter((status) => status === 402)).toHaveLength(90)
    // One of the two processes submits them.
    await expect.poll(() => kie.jobs.length).toBe(10)
    const rows = await database().select().from(generation).where(eq(generation.ownerId, ownerId))
    expect(rows.map(({ prompt }) => prompt).toSorted()).toEqual(
      kie.jobs.map(({ prompt }) => prompt).toSorted(),
    )
    const { availableMicros, heldMicros, spentMicros } = await balanceOf(ownerId)
    expect([availableMicros, heldMicros + spentMicros]).toEqual([0, 4_000_000])
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  },
)
