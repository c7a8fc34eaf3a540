import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { seenHere } from './seen-here.ts'

const finishedAt = '2026-11-21T00:00:10.000Z'
const view = aFileView({ status: 'completed', state: 'completed', finishedAt })
const at = (ms: number) => Date.parse(finishedAt) + ms

test('what was followed was delivered by the channel heard last', () => {
  const seen = seenHere(view, [
    { via: 'poll', at: at(-5000) },
    { via: 'sse', at: at(200) },
  ])
  expect(seen).toMatchObject({ deliveredBy: 'sse', deliveredAfterMs: 200 })
})

test('what was ready before anybody looked is as the server has it', () => {
  expect(seenHere(view, [{ via: 'poll', at: at(3_600_000) }])).toBe(view)
})
