import { describe, expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/file-view.ts'
import { costLabel, deliveryLabel, statusLabel, statusMessage } from './status-label.ts'

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
  it('gives the place in the queue', () => {
    expect(statusLabel(view({ state: 'queued', queuePlace: 1 }))).toBe('Next in line')
    expect(statusLabel(view({ state: 'queued', queuePlace: 2 }))).toBe('2nd in line')
    expect(statusLabel(view({ state: 'queued', queuePlace: null }))).toBe('Waiting to start')
  })

  it('gives how long a ready video took, without its time in the queue', () => {
    const ready = view({
      state: 'completed',
      createdAt: '2025-12-31T23:59:00Z',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:41Z',
    })
    expect(statusLabel(ready)).toBe('Ready in 41 s')
  })

  it('names the provider, but not the local renderer', () => {
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

  it('names the catalogue where the provider reports no charge', () => {
    expect(costLabel(cost(0.4, 0.4, { isReported: false }))).toBe('About $0.40 (catalogue price)')
  })
})

describe('statusMessage', () => {
  it('is the message of the provider', () => {
    const running = { status: 'processing', state: 'waiting' } as const
    expect(statusMessage(aFileView({ ...running, message: 'Waiting in line at Kie.ai' }))).toBe(
      'Waiting in line at Kie.ai',
    )
    expect(statusMessage(aFileView(running))).toBeNull()
  })

  it('adds that a refused video is retried, unless it is being canceled', () => {
    const message = 'Kie.ai is taking no more requests right now.'
    expect(statusMessage(aFileView({ message }))).toBe(`${message} Tried again by itself.`)
    expect(statusMessage(aFileView({ message: 'Canceling', canCancel: false }))).toBe('Canceling')
  })

  it('does not repeat the status', () => {
    const saving = { status: 'processing', state: 'storing' } as const
    expect(statusMessage(aFileView({ ...saving, message: 'Saving' }))).toBeNull()
  })

  it('keeps the note of a finished video, and is null for a failed one', () => {
    const message = 'Kie.ai made no 1080p version of it; this is 720p.'
    expect(statusMessage(aFileView({ status: 'completed', state: 'completed', message }))).toBe(
      message,
    )
    expect(statusMessage(aFileView({ status: 'failed', state: 'failed', message }))).toBeNull()
  })
})
