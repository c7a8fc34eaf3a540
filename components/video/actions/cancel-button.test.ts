import { describe, expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { inEnglish, sayIn } from '#lib/messages/translate'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { cancelMessage, doubleChargeMessage, wasteMessage } from './cancel-button.tsx'

/** Quoted for Kie.ai at $0.40, then made by Vertex at three times the price. */
function fallenBack(part: Partial<FileView> = {}) {
  const cost = { estimatedUsd: 0.4, upToUsd: 1.2, providerUsd: 1.2 }
  return aFileView({
    providerLabel: 'Google Vertex AI',
    isBilledAnyway: true,
    cost: { ...aFileView().cost, ...cost },
    ...part,
  })
}

describe('what stopping costs', () => {
  it('is nothing for a free video, or one that can be stopped', () => {
    expect(inEnglish(cancelMessage(aFileView({ isBilledAnyway: true })))).toBe(
      'Canceling costs nothing.',
    )
    expect(inEnglish(cancelMessage(fallenBack({ isBilledAnyway: false })))).toBe(
      'Canceling costs nothing.',
    )
  })

  it('is the price of the current provider, not the quote', () => {
    expect(inEnglish(cancelMessage(fallenBack()))).toContain(
      'Canceling still costs $1.20: Google Vertex AI',
    )
    expect(inEnglish(wasteMessage(fallenBack()))).toContain('Canceling still costs $1.20')
    expect(inEnglish(wasteMessage(fallenBack({ state: 'submit_unknown' })))).toContain(
      'If Google Vertex AI has started the video, canceling still costs $1.20',
    )
  })
})

it('is said in Russian, with a decimal comma', () => {
  expect(sayIn('ru', cancelMessage(fallenBack()))).toBe(
    'Отмена всё равно стоит $1,20: Google Vertex AI не может остановить начатое задание.',
  )
})

describe('what another try may cost', () => {
  it('is the price of the current provider', () => {
    expect(inEnglish(doubleChargeMessage(fallenBack()))).toContain('may charge twice, $1.20 each')
  })

  it('is not named for a free video', () => {
    expect(inEnglish(doubleChargeMessage(aFileView()))).toContain('may charge twice. You get one')
  })
})
