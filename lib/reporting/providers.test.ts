import { says } from '../../tests/support/says.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startAllEmulators } from '../../tests/emulators/all-emulators.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import { providerSetups } from '../ai/providers/index.ts'
import type { ProviderView } from '../contract/provider-view.ts'
import { database, inTransaction } from '../db/client.ts'
import { type AttemptRow, attempt } from '../db/generation-schema.ts'
import { providerDay } from '../db/provider-schema.ts'
import { startCooldown, cooldownsAt } from '../generations/cooldowns.ts'
import { recordAttempt } from '../generations/figures.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { providerHealth } from './provider-health.ts'
import { providersLine, checkProviderNow, readProviders } from './providers.ts'

withTestDatabase()

let services: Awaited<ReturnType<typeof startAllEmulators>>
beforeAll(async () => {
  services = await startAllEmulators()
})
afterAll(() => services.close())
beforeEach(async () => {
  await forgetEverything()
  setUp(services.variables)
})

const named = providerSetups.flatMap(({ variables }) => variables.map(({ name }) => name))

/** Sets exactly these variables, and forgets what was read of them before. */
function setUp(variables: Record<string, string>) {
  for (const name of [...named, 'PUBLIC_URL']) delete process.env[name]
  Object.assign(process.env, variables)
  for (const one of ['env', 'providers', 'provider health', 'provider records'])
    forgetProcessWide(one)
}

async function viewOf(id: string, now?: Date): Promise<ProviderView> {
  const { providers } = await readProviders(now)
  return providers.find((view) => view.id === id)!
}

/** Keeps an attempt, and counts it. */
async function keep(values: typeof attempt.$inferInsert) {
  await inTransaction(async (tx) => {
    const [row] = await tx.insert(attempt).values(values).returning()
    await recordAttempt(tx, undefined, row!, undefined, {}, values.startedAt)
  })
}

const inAMinute = () => new Date(Date.now() + 60_000)
const cool = (errorCode: 'auth' | 'rate_limited') =>
  startCooldown({ provider: 'kie', until: inAMinute(), errorCode, reason: 'Why.', now: new Date() })

describe('a provider', () => {
  test('that is on says how it is, and what it makes', async () => {
    expect(await viewOf('kie')).toMatchObject({
      label: 'Kie.ai',
      isOn: true,
      health: { state: 'ok', credits: { left: 10_000, unit: 'credits' } },
      circuit: 'closed',
      cooldown: null,
      lastError: null,
      models: expect.arrayContaining(['veo-3.1-fast', 'kling-3']),
      record: { attempts: 0, successRate: null },
    })
    const { providers } = await readProviders()
    expect(providers.map(({ id }) => id)).toEqual(providerSetups.map(({ id }) => id))
  })

  test('that is off says what turns it on', async () => {
    setUp({})
    expect(await viewOf('kie')).toMatchObject({
      isOn: false,
      health: null,
      variables: expect.arrayContaining([
        {
          name: 'KIE_API_KEY',
          meaning: says('The API key of the account'),
          isRequired: true,
          isSet: false,
        },
      ]),
    })
    expect(await viewOf('local')).toMatchObject({ isOn: true, health: { state: 'ok' } })
  })

  test('says which of its variables are set, and never to what', async () => {
    const answer = await readProviders()
    const { variables } = answer.providers.find(({ id }) => id === 'kie')!
    expect(variables.every(({ isSet }) => isSet)).toBe(true)
    const text = JSON.stringify(answer)
    for (const secret of ['KIE_API_KEY', 'KIE_WEBHOOK_HMAC_KEY'] as const)
      expect(text).not.toContain(services.variables[secret])
  })

  test('whose variable has a default of ours is not said to be set', async () => {
    setUp({ KIE_API_KEY: 'x' })
    const { variables } = await viewOf('kie')
    expect(variables.filter(({ isSet }) => isSet).map(({ name }) => name)).toEqual(['KIE_API_KEY'])
  })

  test('that is in a cooldown says until when, and why', async () => {
    await cool('auth')
    expect(await viewOf('kie')).toMatchObject({
      cooldown: { until: expect.stringMatching(/Z$/), reason: 'Why.' },
    })
    expect(await viewOf('kie', inAMinute())).toMatchObject({ cooldown: null })
  })

  test('tells its last error, and what it did in seven days', async () => {
    const day = 24 * 60 * 60 * 1000
    const ago = (days: number) => new Date(Date.now() - days * day)
    const common = { provider: 'kie', providerLabel: 'Kie.ai', model: 'veo3', reason: '' }
    const attempted = (key: string, startedAt: Date, more: Partial<AttemptRow>) => {
      const begun = { ...common, idempotencyKey: key, generationId: key, number: 1, startedAt }
      return keep({ ...begun, endedAt: startedAt, ...more })
    }
    const error = { outcome: 'refused' as const, errorCode: 'auth' as const, errorMessage: 'No.' }
    await attempted('a', ago(6), error)
    await attempted('b', ago(8), error)
    await attempted('c', ago(1), { outcome: 'completed' })
    expect(await viewOf('kie')).toMatchObject({
      lastError: { at: expect.stringMatching(/Z$/), code: 'auth', message: 'No.' },
      record: { attempts: 2, completed: 1, successRate: 0.5 },
    })
  })

  test('is counted once in a while where that is enough, and always where it is not', async () => {
    const now = new Date()
    const later = (ms: number) => new Date(now.getTime() + ms)
    const attempts = async (at: Date, recordsKeptMs?: number) => {
      const { providers } = await readProviders(at, recordsKeptMs ? { recordsKeptMs } : {})
      return providers.find(({ id }) => id === 'kie')!.record.attempts
    }
    expect(await attempts(now, 5_000)).toBe(0)
    const common = { provider: 'kie', providerLabel: 'Kie.ai', model: 'veo3', reason: '' }
    await keep({
      ...common,
      idempotencyKey: 'a',
      generationId: 'a',
      number: 1,
      startedAt: now,
      outcome: 'refused',
    })
    expect(await attempts(later(4_999), 5_000)).toBe(0)
    expect(await attempts(later(5_000), 5_000)).toBe(1)
    await database().delete(providerDay)
    expect(await attempts(later(5_001))).toBe(0)
  })

  test.each([
    [undefined, 'polling only', /set PUBLIC_URL/],
    ['https://video.example', 'on', null],
  ])('sends webhooks, or does not, at %s', async (PUBLIC_URL, webhooks, reason) => {
    setUp({ ...services.variables, ...(PUBLIC_URL && { PUBLIC_URL }) })
    expect(await viewOf('kie')).toMatchObject({ webhooks })
    expect(await viewOf('vertex')).toMatchObject({ webhooks: 'polling only' })
    const { pollingOnlyReason } = await readProviders()
    if (reason) expect(pollingOnlyReason).toEqual(says(reason))
    else expect(pollingOnlyReason).toBeNull()
  })

  test('is also told of under the former names of its fields', async () => {
    await cool('auth')
    const { cooldown, webhooks, ...former } = await viewOf('kie')
    expect(former).toMatchObject({ pause: cooldown, callbacks: webhooks })
  })
})

test.each([
  [undefined, 'polling only'],
  ['https://video.example', 'webhooks on'],
])('in one line, reachable at %s', (PUBLIC_URL, webhooks) => {
  setUp({ ...services.variables, ...(PUBLIC_URL && { PUBLIC_URL }) })
  const labels = 'Kie.ai, Google Vertex AI, Google Gemini, SuperDuperAI, Local renderer'
  expect(providersLine()).toBe(`Providers: ${labels}; ${webhooks}`)
  setUp({})
  expect(providersLine()).toBe('Providers: Local renderer; polling only')
})

describe('a check', () => {
  test('ends the cooldown of a provider that is well', async () => {
    await cool('auth')
    expect(await checkProviderNow('kie')).toMatchObject({ cooldown: null, health: { state: 'ok' } })
    expect((await cooldownsAt(new Date())).size).toBe(0)
  })

  test('ends no cooldown that the provider asked for', async () => {
    await cool('rate_limited')
    expect(await checkProviderNow('kie')).toMatchObject({
      cooldown: { reason: 'Why.' },
      health: { state: 'ok' },
    })
  })

  test('ends no cooldown of one that is not', async () => {
    setUp({ ...services.variables, KIE_API_KEY: 'another key' })
    await cool('auth')
    expect(await checkProviderNow('kie')).toMatchObject({
      cooldown: { reason: 'Why.' },
      health: { state: 'down', message: says('Kie.ai rejected the API key. Check KIE_API_KEY.') },
    })
  })

  test('asks the provider at most every 3 s; others are told what it said for 15', async () => {
    const asked = () => services.emulators.kie.requests.length
    const before = asked()
    await viewOf('kie')
    await viewOf('kie')
    expect(asked() - before).toBe(1)
    await checkProviderNow('kie')
    expect(asked() - before).toBe(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_000 })
    await viewOf('kie')
    expect(asked() - before).toBe(1)
    await checkProviderNow('kie')
    vi.useRealTimers()
    expect(asked() - before).toBe(2)
  })

  test('is none of a provider that is off, or that is not known', async () => {
    setUp({})
    expect(await checkProviderNow('kie')).toBeUndefined()
    expect(await checkProviderNow('none')).toBeUndefined()
  })
})

test('a provider that gives no sign of health is down', async () => {
  const provider = { id: 'x', label: 'X', prepare: never, submit: never, check: never }
  const silent = { ...provider, health: () => Promise.reject(new Error('a bug')) }
  expect(await providerHealth(silent)).toEqual({ state: 'down', message: says('Not responding.') })
})

function never(): never {
  throw new Error('not asked')
}
