import { describe, expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { costLabel, deliveryLabel, statusLabel } from './status-label.ts'

const view = (part: Partial<FileView>) => part as FileView
const cost = (
  estimatedUsd: number,
  actualUsd: number | null,
  part: Partial<FileView['cost']> = {},
) =>
  view({
    cost: {
      estimatedUsd,
      upToUsd: estimatedUsd,
      providerUsd: estimatedUsd,
      actualUsd,
      isReported: true,
      ...part,
    },
  })

describe('statusLabel', () => {
  it('tells the place in line', () => {
    expect(statusLabel(view({ state: 'queued', queuePlace: 1 }))).toBe('Next in line')
    expect(statusLabel(view({ state: 'queued', queuePlace: 2 }))).toBe('2nd in line')
    expect(statusLabel(view({ state: 'queued', queuePlace: null }))).toBe('Waiting to start')
  })

  it('tells how long a ready video took, the wait in line left out', () => {
    const ready = view({
      state: 'completed',
      createdAt: '2025-12-31T23:59:00Z',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:41Z',
    })
    expect(statusLabel(ready)).toBe('Ready in 41 s')
  })

  it('names who renders, but not this machine', () => {
    const waiting = { state: 'waiting', providerLabel: 'Kie.ai' } as const
    expect(statusLabel(view({ ...waiting, isDemo: false }))).toBe('Rendering at Kie.ai')
    expect(statusLabel(view({ ...waiting, isDemo: true }))).toBe('Rendering')
  })

  it('says that a start was not answered', () => {
    expect(statusLabel(view({ state: 'submit_unknown' }))).toContain('did not answer')
  })
})

describe('deliveryLabel', () => {
  it('names the channel and its delay', () => {
    expect(deliveryLabel(view({ deliveredBy: 'sse', deliveredAfterMs: 210 }))).toBe(
      'Delivered by stream, 0.2 s',
    )
    expect(deliveryLabel(view({ deliveredBy: 'poll', deliveredAfterMs: null }))).toBe(
      'Delivered by poll',
    )
    expect(deliveryLabel(view({ deliveredBy: null }))).toBeNull()
  })
})

describe('costLabel', () => {
  it('compares the charge with the quote', () => {
    expect(costLabel(cost(0, 0))).toBe('Free')
    expect(costLabel(cost(0.4, 0.4))).toBe('Charged $0.40, as quoted')
    expect(costLabel(cost(0.4, 0.42))).toBe('Charged $0.42, quoted $0.40')
    expect(costLabel(cost(0.4, 1.2, { upToUsd: 1.2 }))).toBe('Charged $1.20, quoted up to $1.20')
    expect(costLabel(cost(0.4, null))).toBe('Quoted $0.40')
    expect(costLabel(cost(0.4, 0))).toBe('Not charged, quoted $0.40')
  })

  it('says whose figure it is where the provider told none', () => {
    expect(costLabel(cost(0.4, 0.4, { isReported: false }))).toBe('About $0.40 (catalogue price)')
  })
})
