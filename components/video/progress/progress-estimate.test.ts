import { describe, expect, it } from 'vitest'
import { progressEstimate } from './progress-estimate.ts'

const started = '2026-01-01T00:00:00.000Z'
const after = (seconds: number) => Date.parse(started) + seconds * 1000
const view = {
  state: 'waiting' as const,
  progress: null,
  expected: { seconds: 40, p90Seconds: 70, runs: 12 },
  createdAt: started,
  startedAt: started,
}

describe('progressEstimate', () => {
  it('takes the figure of the provider', () => {
    const estimate = progressEstimate({ ...view, progress: 43 }, after(1))
    expect(estimate).toMatchObject({ percent: 43, source: 'reported' })
  })

  it('estimates from past runs where the provider reports nothing', () => {
    expect(progressEstimate(view, after(10))).toEqual({
      percent: 25,
      source: 'estimated',
      elapsedSeconds: 10,
      isOverdue: false,
    })
  })

  it('never passes 99 % and says when it takes longer than usual', () => {
    expect(progressEstimate(view, after(90))).toMatchObject({ percent: 99, isOverdue: true })
    expect(progressEstimate({ ...view, progress: 100 }, after(1)).percent).toBe(99)
  })

  it('is unknown without a figure or past runs, or while queued', () => {
    const unknown = { percent: null, source: 'unknown' }
    expect(progressEstimate({ ...view, expected: null }, after(10))).toMatchObject(unknown)
    expect(progressEstimate({ ...view, startedAt: null }, after(10))).toMatchObject(unknown)
  })

  it('is unknown while it is unknown whether the video was started', () => {
    const lost = { ...view, state: 'submit_unknown' as const }
    expect(progressEstimate(lost, after(10)).percent).toBeNull()
  })
})
