import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { says } from '../../../tests/support/says.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { providers } from '../../ai/providers/index.ts'
import { contextAnswering, testRequest } from '../../ai/providers/kie/test-bed.ts'
import { usdOf } from '../../contract/money.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { endCooldown, startCooldown } from '../cooldowns.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { currentModels } from '../models.ts'
import { estimate } from './request.ts'
import { startVariations } from './start.ts'

process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(forgetEverything)

const now = new Date('2026-11-21T12:00:00Z')
const veo = { prompt: 'a fox in the snow', model: 'veo-3.1-fast' }
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

const anna = callerNamed('anna')
const start = (differences: object) =>
  startVariations({
    caller: anna,
    body: { ...veo, ...differences },
    idempotencyKey: null,
    now,
  })

const coolDown = (provider: string) =>
  startCooldown({
    provider,
    until: inMinutes(15),
    errorCode: 'insufficient_credits',
    reason: 'The account has run out of credits.',
    now,
  })

const faultsOf = async (call: Promise<unknown>) => {
  const error = (await call.catch((reason: unknown) => reason)) as { fields?: { field: string }[] }
  return error.fields?.map(({ field }) => field)
}

describe('the price', () => {
  test.each<[string, object]>([
    ['the cheapest', {}],
    ['a seed that not all take', { seed: 7 }],
    ['three of them', { variations: 3 }],
    ['a budget', { maxUsd: 0.5 }],
    ['one provider alone', { enableFallback: false }],
    ['two of one provider alone', { enableFallback: false, variations: 2 }],
    ['the renderer of this machine', { model: 'local-preview' }],
  ])('told before is the one started at: %s', async (_name, differences) => {
    const told = await estimate({ ...veo, ...differences }, anna)
    const started = await start(differences)
    const sum = (part: 'quotedMicros' | 'ceilingMicros') =>
      usdOf(started.reduce((micros, row) => micros + row[part], 0))
    expect(told).toMatchObject({ usd: sum('quotedMicros'), upToUsd: sum('ceilingMicros') })
    expect(told).toMatchObject({
      provider: started[0]!.provider,
      providerLabel: started[0]!.providerLabel,
      reason: started[0]!.routeReason,
    })
  })

  test('is that of Kie.ai, and up to that of Vertex AI', async () => {
    expect(await estimate(veo, anna)).toMatchObject({ usd: 0.4, upToUsd: 1.2, provider: 'kie' })
    expect(await estimate({ ...veo, seed: 7 }, anna)).toMatchObject({ usd: 1.2, upToUsd: 1.2 })
  })

  test('is that of one provider where no other may step in, and so is what is held', async () => {
    const alone = { enableFallback: false }
    expect(await estimate({ ...veo, ...alone }, anna)).toMatchObject({
      usd: 0.4,
      upToUsd: 0.4,
      provider: 'kie',
    })
    const [row] = await start(alone)
    expect(row).toMatchObject({
      quotedMicros: 400_000,
      ceilingMicros: 400_000,
      heldMicros: 400_000,
    })
    const [usual] = await start({ enableFallback: true })
    expect(usual).toMatchObject({ quotedMicros: 400_000, ceilingMicros: 1_200_000 })
    expect(usual!.settings).not.toHaveProperty('enableFallback')
    expect(usual!.settingsHash).toBe(row!.settingsHash)
  })

  test('follows the cooldowns', async () => {
    await startCooldown({
      provider: 'kie',
      until: new Date(Date.now() + 60_000),
      errorCode: 'auth',
      reason: 'x',
      now: new Date(),
    })
    expect(await estimate(veo, anna)).toMatchObject({ usd: 1.2, provider: 'vertex' })
    await endCooldown('kie')
    expect(await estimate(veo, anna)).toMatchObject({ usd: 0.4, provider: 'kie' })
  })

  test('beyond the budget is a fault of the budget, and starts nothing', async () => {
    for (const call of [start, (body: object) => estimate({ ...veo, ...body }, anna)]) {
      expect(await faultsOf(call({ maxUsd: 0.39 }))).toEqual(['maxUsd'])
      expect(await faultsOf(call({ maxUsd: -1 }))).toEqual(['maxUsd'])
    }
    expect(await database().select().from(generation)).toEqual([])
  })

  test('never goes beyond the budget with the provider that steps in', async () => {
    const [row] = await start({ maxUsd: 0.5 })
    expect(row).toMatchObject({
      quotedMicros: 400_000,
      ceilingMicros: 400_000,
      limitMicros: 500_000,
    })
  })
})

describe('what can be asked for', () => {
  const kling = async (at: Date) =>
    (await currentModels(at, anna)).find(({ id }) => id === 'kling-3')!

  test('is less while a provider is in a cooldown, and says why', async () => {
    expect(await kling(now)).toMatchObject({ isEnabled: true, unavailableReason: null })
    await coolDown('kie')
    expect(await kling(now)).toMatchObject({
      isEnabled: false,
      unavailableReason: 'The account has run out of credits.',
      routes: [{ isEnabled: false }],
    })
    expect(await kling(inMinutes(15))).toMatchObject({ isEnabled: true })
  })

  test('is no less while one is in a cooldown: videos wait for it', async () => {
    const cooldown = { provider: 'kie', until: inMinutes(1), reason: 'x', now }
    await startCooldown({ ...cooldown, errorCode: 'rate_limited' })
    expect(await kling(now)).toMatchObject({ isEnabled: true })
  })

  test('is less while one fails again and again; what others make goes on', async () => {
    const context = contextAnswering({ code: 503, msg: 'down' }, 503)
    const prepared = await providers().get('kie')!.prepare(testRequest(), context)
    for (let starts = 0; starts < 5; starts++)
      await providers()
        .get('kie')!
        .submit(prepared, newId('token'), context)
        .catch(() => {})
    expect(await kling(now)).toMatchObject({
      isEnabled: false,
      unavailableReason: says('Kie.ai is failing right now. Try again in a minute.'),
    })
    expect(await start({})).toMatchObject([{ provider: 'vertex', quotedMicros: 1_200_000 }])
    expect(await faultsOf(start({ model: 'kling-3' }))).toEqual(['model'])
    forgetProcessWide('providers')
    expect(await kling(now)).toMatchObject({ isEnabled: true })
  })

  test('is never what has been retired', async () => {
    const call = start({ model: 'sora-2' })
    await expect(call).rejects.toMatchObject({
      userMessage: says(/^model: Sora 2 was retired on .+ Use Veo 3\.1 Fast\.$/),
    })
  })
})
