import { expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { withSeenDelivery } from './signal-lanes.tsx'

const finishedAt = '2026-01-01T00:00:10.000Z'
const at = (ms: number) => Date.parse(finishedAt) + ms
const view = (part: Partial<FileView>) =>
  ({
    status: 'completed',
    deliveredBy: null,
    deliveredAfterMs: null,
    finishedAt,
    ...part,
  }) as FileView
const signs = [
  { via: 'poll', at: at(-900) },
  { via: 'sse', at: at(200) },
] as const

it('takes the last sign of life for the delivery', () => {
  const seen = withSeenDelivery(view({}), signs)
  expect(seen).toMatchObject({ deliveredBy: 'sse', deliveredAfterMs: 200 })
})

it('prefers what the server recorded', () => {
  const recorded = view({ deliveredBy: 'check', deliveredAfterMs: 5 })
  expect(withSeenDelivery(recorded, signs)).toBe(recorded)
})

it('changes nothing without a sign, or before the end', () => {
  expect(withSeenDelivery(view({}), []).deliveredBy).toBeNull()
  expect(withSeenDelivery(view({ status: 'processing' }), signs).deliveredBy).toBeNull()
})
