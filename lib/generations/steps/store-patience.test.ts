import { copyFile, readdir } from 'node:fs/promises'
import { expect } from 'vitest'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'

const { test, bed } = veoBed(({ kie }) => {
  fetched = 0
  kie.onCheck = async () => ({ status: 'completed', output: { kind: 'fetch' } })
  kie.fetch = async (_operation, path) => {
    fetched++
    await copyFile(await tinyMp4(), path)
  }
  return testGeneration(kie)
})

let fetched = 0

/** Storage that refuses so many times. */
function refuseStorage(times: number) {
  const { storage } = bed.deps
  const put: typeof storage.put = (...asked) =>
    times-- > 0 ? Promise.reject(new Error('storage is away')) : storage.put(...asked)
  bed.deps.storage = { ...storage, put }
}

/** A generation whose bytes are to be brought next. */
async function storing() {
  const { id } = await queueVeo(bed.deps)
  for (let steps = 0; steps < 2; steps++) await advance(id, bed.deps)
  expect((await findGeneration(id))!.state).toBe('storing')
  return id
}

test('what was fetched is not fetched again while storage is away', async () => {
  refuseStorage(6)
  const id = await storing()
  await advance(id, bed.deps)
  expect(await findGeneration(id)).toMatchObject({
    state: 'storing',
    wait: { code: 'storage_down' },
    failures: 1,
  })
  expect(await readdir(bed.deps.workFolder)).toEqual([expect.stringMatching(`^${id}.*\\.fetched$`)])
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', costMicros: 400_000, wait: null })
  expect(fetched).toBe(1)
  expect(await readdir(bed.deps.workFolder)).toEqual([])
})

test('what was fetched is found by the next process, and one that began with nothing fetches', async () => {
  refuseStorage(1)
  const id = await storing()
  await advance(id, bed.deps)
  const elsewhere = { ...bed.deps, workFolder: `${bed.deps.workFolder}-of-another-machine` }
  bed.deps.pass(1_000)
  await advance(id, elsewhere, { force: true })
  expect((await findGeneration(id))!.state).toBe('completed')
  expect(fetched).toBe(2)
})

test('storage is tried again after a second, then less and less often, every 5 minutes at last', async () => {
  refuseStorage(1_000)
  const id = await storing()
  const waits: number[] = []
  for (let tries = 0; tries < 12; tries++) {
    const { dueAt } = await advance(id, bed.deps, { force: true })
    waits.push(dueAt!.getTime() - bed.deps.now().getTime())
  }
  expect(waits[0]).toBeLessThanOrEqual(1_000)
  expect(waits[0]).toBeGreaterThanOrEqual(750)
  for (const wait of waits.slice(-2)) {
    expect(wait).toBeLessThanOrEqual(5 * 60_000)
    expect(wait).toBeGreaterThanOrEqual(3.75 * 60_000)
  }
  expect(fetched).toBe(1)
})

/** A link that leads nowhere, for as long as `isAway` says so; counts how often the provider is asked for it. */
function awayWhile(isAway: () => boolean) {
  const { kie } = bed
  const [onCheck, fetch] = [kie.onCheck, kie.fetch!]
  let asked = 0
  kie.onCheck = (...given) => {
    asked++
    return onCheck(...given)
  }
  kie.fetch = (...given) =>
    isAway() ? Promise.reject(aProviderError({}, 'provider_unavailable')) : fetch(...given)
  return { asked: () => asked }
}

test('a disk that is full is no fault of the link', async () => {
  const { asked } = awayWhile(() => true)
  const cause = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
  bed.kie.fetch = () => Promise.reject(aProviderError({ cause }, 'provider_unavailable'))
  const id = await storing()
  for (let tries = 0; tries < 6; tries++)
    expect(await next(id)).toMatchObject({ state: 'storing', wait: { code: 'storage_down' } })
  expect(asked()).toBe(1)
})

/** Takes the next step when its time has come. */
async function next(id: string) {
  const { dueAt } = (await findGeneration(id))!
  bed.deps.pass(Math.max(0, dueAt.getTime() - bed.deps.now().getTime()))
  return (await advance(id, bed.deps)).row!
}

test('a link that does not answer is tried some times, and then asked for again', async () => {
  const link = { isOld: true }
  const { asked } = awayWhile(() => link.isOld)
  const id = await storing()
  expect(asked()).toBe(1)
  for (let tries = 0; tries < 3; tries++)
    expect(await next(id)).toMatchObject({ state: 'storing', failures: tries + 1 })
  expect(await next(id)).toMatchObject({ state: 'waiting', wait: { code: 'link_not_ready' } })
  link.isOld = false
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', costMicros: 400_000, wait: null })
  expect(asked()).toBe(2)
  expect(bed.kie.jobs).toHaveLength(1)
})

test('a link that never answers is no end of its own: the provider says what it is', async () => {
  let isAway = true
  awayWhile(() => isAway)
  const [back, over] = [await storing(), await storing()]
  const wait = async () => {
    for (let steps = 0; steps < 6; steps++)
      for (const id of [back, over])
        expect(['storing', 'waiting']).toContain((await next(id)).state)
  }
  await wait()
  bed.deps.pass(2 * 24 * 60 * 60_000)
  await wait()
  isAway = false
  expect((await driveToEnd(back, bed.deps)).row!.state).toBe('completed')
  isAway = true
  bed.kie.onCheck = async () => ({
    status: 'failed',
    error: aProviderError({ retryable: false }, 'generation_failed'),
  })
  const { row } = await driveToEnd(over, bed.deps, 200)
  expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
})
