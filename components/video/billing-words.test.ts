import { describe, expect, it } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import type { FileView } from '#lib/contract/file-view'
import { cancelWords, twiceWords, wasteWords } from './billing-words.ts'

/** Quoted for Kie.ai at $0.40, and in the hands of Vertex, which takes three times as much. */
function fallenBack(part: Partial<FileView> = {}) {
  const cost = { estimatedUsd: 0.4, upToUsd: 1.2, providerUsd: 1.2 }
  return aFileView({
    providerLabel: 'Google Vertex AI',
    isBilledAnyway: true,
    cost: { ...cost, actualUsd: null, isReported: false },
    ...part,
  })
}

describe('what stopping costs', () => {
  it('is nothing where it is free, or can be stopped', () => {
    expect(cancelWords(aFileView({ isBilledAnyway: true }))).toBe('Canceling costs nothing.')
    expect(cancelWords(fallenBack({ isBilledAnyway: false }))).toBe('Canceling costs nothing.')
  })

  it('is the price of the provider that has it in hand, not the quote', () => {
    expect(cancelWords(fallenBack())).toContain('Google Vertex AI bills $1.20 all the same')
    expect(wasteWords(fallenBack())).toContain('It is billed all the same ($1.20)')
    expect(wasteWords(fallenBack({ state: 'submit_unknown' }))).toContain(
      'If Google Vertex AI has started it, it bills $1.20 all the same',
    )
  })
})

describe('what another try may cost', () => {
  it('is the price of the provider that has it in hand', () => {
    expect(twiceWords(fallenBack())).toContain('may charge it twice, $1.20 each time')
  })

  it('is not named where it is free', () => {
    expect(twiceWords(aFileView())).toContain('may charge it twice. Only one')
  })
})
