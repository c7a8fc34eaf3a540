import { describe, expect, test } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd } from '../../../tests/support/generations/test-generation.ts'
import { withStoring } from '../../../tests/support/database/with-storing.ts'
import { cancelGeneration } from '../commands/cancel.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'
import { fileViewOf } from '../view.ts'

const bed = withStoring()
const { use, make, expectStored, downloads, hoursSince, startFileServer } = bed

describe('a link that leads nowhere', () => {
  const wait = { code: 'link_not_ready', providerLabel: 'Kie.ai' }
  const rowOf = async (id: string) => (await findGeneration(id))!

  /** A paid video whose link was tried so many times. */
  async function triedFor(tries: number, faults: string) {
    const { id } = await queueVeo(bed.deps, { prompt: `a fox #kie:seconds=0 ${faults}` })
    await driveToEnd(id, bed.deps, 1 + 2 * tries)
    return id
  }

  test('is tried for a day, quickly at first, and only then given up', () =>
    expectTriedForADay('#kie:link-404'))

  test.each(['#kie:link-403', '#kie:link-html'])(
    'is tried for a day, quickly at first, and only then given up: %s',
    { tags: 'long' },
    expectTriedForADay,
  )

  async function expectTriedForADay(fault: string) {
    const id = await triedFor(6, fault)
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait })
    expect(hoursSince(await rowOf(id)) * 60).toBeLessThan(2)
    await driveToEnd(id, bed.deps, 90)
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait, isDelayed: false })

    await driveToEnd(id, bed.deps, 100)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired', wait: null })
    expect(row).toMatchObject({ isCostReported: true, attempts: [{ outcome: 'completed' }] })
    expect(row.costMicros).toBe(400_000)
    expect(hoursSince(row)).toBeGreaterThanOrEqual(24)
    expect(hoursSince(row)).toBeLessThan(25)
    expect(downloads()).toBeLessThan(70)
    expect(bed.emulator.jobs).toHaveLength(1)
  }

  test(
    'is tried for as long, however often its status fails in between',
    { tags: 'long' },
    async () => {
      const id = await triedFor(4, '#kie:link-404')
      const kie = bed.deps.providers.get('kie')!
      const { check } = kie
      kie.check = () => Promise.reject(aProviderError())
      for (let looks = 0; looks < 5; looks++) await advance(id, bed.deps, { force: true })
      expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait })
      expect((await rowOf(id)).failures).toBe(5)
      kie.check = check
      await advance(id, bed.deps, { force: true })
      expect(await rowOf(id)).toMatchObject({ state: 'storing', failures: 0 })
      await driveToEnd(id, bed.deps, 200)
      expect(hoursSince(await rowOf(id))).toBeGreaterThanOrEqual(24)
    },
  )

  test('delivers the video once it leads to it, hours later', async () => {
    const id = await triedFor(60, '#kie:link-404*30')
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'completed', wait: null, isCostReported: true })
    expect(hoursSince(row)).toBeGreaterThan(5)
    await expectStored(id)
    expect(bed.emulator.jobs).toHaveLength(1)
  })

  test('is tried at once where the user asks for it', async () => {
    const id = await triedFor(20, '#kie:link-404*20')
    bed.deps.pass(-60_000)
    expect(await advance(id, bed.deps)).toMatchObject({ stepped: false })
    await advance(id, bed.deps, { force: true })
    await advance(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({ state: 'completed' })
  })

  test('is tried again after it was given up, where the user asks for it', async () => {
    const id = await triedFor(100, '#kie:link-404')
    expect(await rowOf(id)).toMatchObject({ state: 'failed' })
    const { url } = await startFileServer()
    const kie = bed.deps.providers.get('kie')!
    kie.check = async () => ({ status: 'completed', output: { kind: 'url', url } })
    await advance(id, bed.deps, { force: true })
    await advance(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({ state: 'completed', errorCode: null, failures: 0 })
  })

  test('does not keep the next one from being started', async () => {
    bed.deps.concurrency = 1
    const id = await triedFor(5, '#kie:link-404')
    expect(await make('a hare')).toMatchObject({ state: 'completed' })
    expect((await rowOf(id)).state).toBe('waiting')
  })

  test.each([true, false])('can be called off, and stays paid for: %s', async (isCancelable) => {
    let stopped = 0
    use({ ...bed.deps.providers.get('kie')!, cancel: async () => void stopped++ })
    const prompt = 'a fox #kie:seconds=0 #kie:link-404'
    const { id } = await queueVeo(bed.deps, { prompt, isCancelable })
    await driveToEnd(id, bed.deps, 5)
    expect(fileViewOf(await rowOf(id))).toMatchObject({ canCancel: true, isBilledAnyway: true })
    await cancelGeneration('somebody', id, bed.deps)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'canceled', attempts: [{ outcome: 'completed' }] })
    expect(row).toMatchObject({ isCostReported: true, wait: null })
    expect(row.costMicros).toBe(400_000)
    expect(stopped).toBe(0)
  })

  test('of a job that the provider has forgotten meanwhile is given up, and stays paid for', async () => {
    const id = await triedFor(9, '#kie:link-404')
    const kie = bed.deps.providers.get('kie')!
    kie.check = () => Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))
    await driveToEnd(id, bed.deps)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(row.costMicros).toBe(400_000)
    expect(row.attempts).toMatchObject([{ outcome: 'completed', errorCode: null }])
  })
})
