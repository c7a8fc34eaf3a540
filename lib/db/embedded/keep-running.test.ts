import { describe, expect, it } from 'vitest'
import { keepRunning } from './keep-running.ts'

const pace = { databaseLookMs: 1_000, databasePauseMs: 1_000 }

/** A database that dies as told, and a clock that moves only by what is slept. */
function stage(isUp: (now: number) => boolean, endsAt: number, onStart = async () => {}) {
  let now = 0
  const ended = new AbortController()
  const startedAt: number[] = []
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
      if (now >= endsAt) ended.abort()
    },
  }
  const database = {
    connectionEnds: async (ms: number) => {
      for (const until = now + ms; now < until && now < endsAt && isUp(now);) now += 1_000
      if (now >= endsAt) ended.abort()
    },
    isAnswering: async () => isUp(now),
    start: async () => {
      startedAt.push(now / 1_000)
      await onStart()
    },
  }
  return { play: () => keepRunning(database, { until: ended.signal, pace, clock }), startedAt }
}

describe('P7: a database that', () => {
  it('P7: runs is not started again', async () => {
    const { play, startedAt } = stage(() => true, 100_000)
    await play()
    expect(startedAt).toEqual([])
  })

  it('P7: dies once is started again at once', async () => {
    const { play, startedAt } = stage((now) => now !== 5_000, 100_000)
    await play()
    expect(startedAt).toEqual([5])
  })

  it('P7: dies again and again is started after pauses that double, up to a minute', async () => {
    const { play, startedAt } = stage(() => false, 400_000)
    await play()
    expect(startedAt).toEqual([1, 3, 6, 11, 20, 37, 70, 131, 192, 253, 314, 375])
  })

  it('P7: cannot be started is tried again', async () => {
    const failing = () => Promise.reject(new Error('no space'))
    const { play, startedAt } = stage(() => false, 7_000, failing)
    await play()
    expect(startedAt).toEqual([1, 3, 6])
  })

  it('P7: dies after a quiet minute is started at once', async () => {
    const { play, startedAt } = stage((now) => now % 100_000 !== 0, 350_000)
    await play()
    expect(startedAt).toEqual([100, 200, 300])
  })

  it('P7: dies while the process ends stays down', async () => {
    const { play, startedAt } = stage(() => false, 1_000)
    await play()
    expect(startedAt).toEqual([])
  })
})
