import { describe, expect, it } from 'vitest'
import type { AttemptView } from '#lib/contract/file-view'
import { attemptLabel, attemptRuns, fallbackMessage, spanLabel, wasTaken } from './attempt-label.ts'

function attempt(part: Partial<AttemptView>): AttemptView {
  return {
    number: 1,
    provider: 'kie',
    providerLabel: 'Kie.ai',
    model: 'veo3_fast',
    reason: '',
    outcome: 'accepted',
    error: null,
    reference: null,
    consoleUrl: null,
    costUsd: null,
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: null,
    ...part,
  }
}

const broke = { code: 'insufficient_credits', message: '' } as const
const refused = attempt({ outcome: 'refused', error: broke })
const made = attempt({
  provider: 'vertex',
  providerLabel: 'Google Vertex AI',
  outcome: 'completed',
  costUsd: 1.2,
})

describe('attemptLabel', () => {
  it('names the outcome', () => {
    expect(attemptLabel(refused)).toBe('Kie.ai: refused, no credits')
    expect(attemptLabel(made)).toBe('Google Vertex AI: made it, $1.20')
    expect(attemptLabel(attempt({}))).toBe('Kie.ai: at work')
    expect(attemptLabel(attempt({ outcome: 'unknown' }))).toBe('Kie.ai: did not answer')
  })
})

describe('attemptRuns', () => {
  const again = (number: number) => attempt({ ...refused, number })
  it('counts repeated labels', () =>
    expect(attemptRuns([again(1), again(2), again(3), made])).toMatchObject([
      { words: 'Kie.ai: refused, no credits', times: 3 },
      { words: 'Google Vertex AI: made it, $1.20', times: 1 },
    ]))

  it('does not group attempts with an id to look up', () => {
    const job = { outcome: 'failed', reference: 'j' } as const
    expect(attemptRuns([attempt(job), attempt(job)])).toHaveLength(2)
  })
})

describe('spanLabel', () => {
  const from = (startedAt: string, endedAt: string | null) =>
    attempt({ ...refused, startedAt: `2026-01-01T00:00:${startedAt}Z`, endedAt })
  const wordsOf = (attempts: AttemptView[]) => attemptRuns(attempts).map(spanLabel)

  it('gives the duration of one attempt, or of a group', () => {
    const first = from('00', '2026-01-01T00:00:01Z')
    expect(wordsOf([first])).toEqual(['took 1 s'])
    expect(wordsOf([first, from('07', '2026-01-01T00:00:12Z')])).toEqual(['within 12 s'])
  })

  it('is null for a running attempt', () => {
    expect(wordsOf([from('00', null)])).toEqual([null])
  })
})

describe('fallbackMessage', () => {
  it('names both providers', () => {
    expect(fallbackMessage({ attempts: [refused, made] })).toBe(
      'Kie.ai had no credits, Google Vertex AI stepped in',
    )
  })

  it('is null where one provider made it, even at the second try', () => {
    expect(fallbackMessage({ attempts: [] })).toBeNull()
    expect(fallbackMessage({ attempts: [made] })).toBeNull()
    expect(fallbackMessage({ attempts: [refused, attempt({ number: 2 })] })).toBeNull()
  })
})

describe('wasTaken', () => {
  it('is true where a job has an id, or its outcome is unknown', () => {
    expect(wasTaken({ isDemo: false, attempts: [refused] })).toBe(false)
    expect(wasTaken({ isDemo: false, attempts: [attempt({ outcome: 'unknown' })] })).toBe(true)
    expect(
      wasTaken({ isDemo: false, attempts: [attempt({ outcome: 'failed', reference: 'j1' })] }),
    ).toBe(true)
  })

  it('is false for the local renderer', () => {
    expect(wasTaken({ isDemo: true, attempts: [attempt({ reference: 'j1' })] })).toBe(false)
  })
})
