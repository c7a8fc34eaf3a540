import { expect, it } from 'vitest'
import { leavingWords } from './leaving-words.ts'

it('names the day a model leaves', () => {
  expect(leavingWords({ state: 'deprecated', stateSince: '2027-03-03' })).toBe(
    'Leaves on 3 March 2027.',
  )
  expect(leavingWords({ state: 'deprecated', stateSince: null })).toBe('Leaves soon.')
})

it('says nothing of one that stays, or is gone', () => {
  expect(leavingWords({ state: 'available', stateSince: null })).toBeNull()
  expect(leavingWords({ state: 'retired', stateSince: '2026-09-24' })).toBeNull()
})
