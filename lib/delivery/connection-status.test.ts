import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectionStatusOf } from './connection-status.ts'
import { StreamWatch } from './stream/stream-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watch() {
  const seen: string[] = []
  const stream: StreamWatch = new StreamWatch(() => seen.push(stream.status))
  return { stream, seen }
}

describe('P10: the header', () => {
  test('says Polling as soon as a stream that brings nothing is given up on, and stays with it', () => {
    const { stream, seen } = watch()
    stream.begin()
    vi.advanceTimersByTime(4_000)
    expect(stream.status).toBe('polling')
    // The silence ends it at last, and the next ones are held up as well.
    stream.end(true)
    for (let tries = 0; tries < 5; tries++) {
      stream.begin()
      vi.advanceTimersByTime(37_500)
      stream.end(true)
    }
    expect(seen).toEqual(['connecting', 'polling'])
  })

  test('says Polling at the first refusal: 502, HTML, a closed door', () => {
    const { stream, seen } = watch()
    stream.begin()
    stream.end()
    stream.begin()
    stream.end()
    expect(seen).toEqual(['connecting', 'polling'])
  })

  test('says Stream live only once bytes came, and at once then', () => {
    const { stream, seen } = watch()
    stream.begin()
    vi.advanceTimersByTime(10_000)
    stream.alive()
    expect(seen).toEqual(['connecting', 'polling', 'connected'])
  })

  test('does not flicker where a stream is cut every ten seconds', () => {
    const { stream, seen } = watch()
    for (let cuts = 0; cuts < 5; cuts++) {
      stream.begin()
      stream.alive()
      vi.advanceTimersByTime(10_000)
      stream.end()
      vi.advanceTimersByTime(3_000)
    }
    expect(seen).toEqual(['connecting', 'connected'])
  })

  test('says Polling where no stream follows on a cut, or the heartbeat stays away', () => {
    for (const isSilent of [false, true]) {
      const { stream, seen } = watch()
      stream.begin()
      stream.alive()
      stream.end(isSilent)
      vi.advanceTimersByTime(isSilent ? 0 : 4_000)
      expect(seen).toEqual(['connecting', 'connected', 'polling'])
    }
  })

  test('says nothing any more once there is nothing to follow', () => {
    const { stream, seen } = watch()
    stream.begin()
    stream.rest()
    vi.advanceTimersByTime(60_000)
    expect(seen).toEqual(['connecting', 'disconnected'])
  })

  test('says Polling only where it polls: with no answer to a poll either, nothing gets here', () => {
    expect(connectionStatusOf('polling', true)).toBe('polling')
    expect(connectionStatusOf('polling', false)).toBe('unreachable')
    for (const status of ['connected', 'connecting', 'disconnected'] as const)
      expect(connectionStatusOf(status, false)).toBe(status)
  })
})
