import { beforeEach, expect, test } from 'vitest'
import { readAhead, readCanvas } from './read-ahead.ts'

const asked: string[] = []
let isOffline = false
const fetch: typeof globalThis.fetch = async (url) => {
  if (isOffline) throw new TypeError('Failed to fetch')
  asked.push(url as string)
  return Response.json({ nth: asked.length })
}
beforeEach(() => {
  asked.length = 0
  isOffline = false
})
const nthOf = async (answer: Promise<Response>) => (await (await answer).json()) as { nth: number }

test('what was read ahead is the answer of the first look, and of no other', async () => {
  readAhead('canvas_a', fetch)
  readAhead('canvas_a', fetch)
  expect(asked).toEqual(['/api/canvas/canvas_a?since=0'])
  expect(await nthOf(readCanvas('canvas_a', 0, fetch))).toEqual({ nth: 1 })
  expect(await nthOf(readCanvas('canvas_a', 0, fetch))).toEqual({ nth: 2 })
})

test('it is not used for another canvas, after a change, or once it is old', async () => {
  readAhead('canvas_b', fetch)
  expect(await nthOf(readCanvas('canvas_c', 0, fetch))).toEqual({ nth: 2 })
  expect(await nthOf(readCanvas('canvas_b', 7, fetch))).toEqual({ nth: 3 })
  expect(asked[2]).toBe('/api/canvas/canvas_b?since=7')
  readAhead('canvas_b', fetch)
  const later = Date.now() + 10_001
  expect(await nthOf(readCanvas('canvas_b', 0, fetch, later))).toEqual({ nth: 5 })
})

test('where it failed the first look fails as any other, and the next one asks again', async () => {
  isOffline = true
  readAhead('canvas_d', fetch)
  await expect(readCanvas('canvas_d', 0, fetch)).rejects.toMatchObject({
    problem: { code: 'service_unavailable' },
  })
  isOffline = false
  expect(await nthOf(readCanvas('canvas_d', 0, fetch))).toEqual({ nth: 1 })
})
