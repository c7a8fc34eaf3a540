import { describe, expect, it } from 'vitest'
import type { AttemptView } from '#lib/contract/file-view'
import { attemptOutcomes } from '#lib/contract/file-view'
import { providerErrorCodes } from '#lib/contract/problem'
import { locales } from '#lib/messages/locales'
import { inEnglish, sayIn } from '#lib/messages/translate'
import { attemptFacts, attemptRuns, fallbackMessage, spanLabel, wasTaken } from './attempt-label.ts'

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

describe('attemptFacts', () => {
  const says = (one: AttemptView) => attemptFacts(one).map(inEnglish).join(', ')

  it('names the outcome, its reason and its cost', () => {
    expect(says(refused)).toBe('refused, out of credits')
    expect(says(made)).toBe('done, $1.20')
    expect(says(attempt({}))).toBe('rendering')
    expect(says(attempt({ outcome: 'unknown' }))).toBe('no response')
    const ours = { code: 'internal_error', message: '' } as const
    expect(says(attempt({ outcome: 'failed', error: ours }))).toBe('failed')
  })

  it.each(locales)('has words for every outcome and reason in %s', (locale) => {
    const all = [
      ...attemptOutcomes.map((outcome) => attempt({ outcome })),
      ...providerErrorCodes.map((code) => attempt({ error: { code, message: '' } })),
    ]
    for (const words of all.flatMap(attemptFacts).map((fact) => sayIn(locale, fact)))
      expect(words).toMatch(/^[^{}._]{4,29}$/)
  })
})

describe('attemptRuns', () => {
  const again = (number: number) => attempt({ ...refused, number })
  it('counts attempts that ended the same way', () =>
    expect(attemptRuns([again(1), again(2), again(3), made])).toMatchObject([
      { attempt: refused, times: 3 },
      { attempt: made, times: 1 },
    ]))

  it('does not group attempts that ended differently', () => {
    const other = { code: 'rate_limited', message: '' } as const
    expect(attemptRuns([refused, attempt({ ...refused, error: other })])).toHaveLength(2)
    expect(attemptRuns([made, attempt({ ...made, costUsd: 0.4 })])).toHaveLength(2)
  })

  it('does not group attempts with an id to look up', () => {
    const job = { outcome: 'failed', reference: 'j' } as const
    expect(attemptRuns([attempt(job), attempt(job)])).toHaveLength(2)
  })
})

describe('spanLabel', () => {
  const from = (startedAt: string, endedAt: string | null) =>
    attempt({ ...refused, startedAt: `2026-01-01T00:00:${startedAt}Z`, endedAt })
  const wordsOf = (attempts: AttemptView[]) =>
    attemptRuns(attempts).map((run) => {
      const span = spanLabel(run)
      return span && inEnglish(span)
    })

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
    const fellBack = fallbackMessage({ attempts: [refused, made] })!
    expect(inEnglish(fellBack)).toBe('Kie.ai was out of credits. Fell back to Google Vertex AI.')
    expect(sayIn('ru', fellBack)).toBe(
      'На счёте Kie.ai закончились кредиты. Запасной провайдер: Google Vertex AI.',
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
