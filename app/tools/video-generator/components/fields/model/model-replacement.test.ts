import { expect, it } from 'vitest'
import { testModel } from '../../../../../../tests/support/test-model.ts'
import { insteadOf, leavingMessage } from './model-replacement.tsx'

const gone = testModel({ id: 'gone', isEnabled: false, replacementId: 'next' })
const demo = testModel({ id: 'demo', isDemo: true })
const other = testModel({ id: 'other' })
const next = testModel({ id: 'next' })

it('is the successor', () => expect(insteadOf(gone, [gone, demo, other, next])).toBe(next))

it('is another one where the successor cannot be used', () => {
  const off = { ...next, isEnabled: false }
  const leaving = testModel({ id: 'leaving', state: 'deprecated' })
  expect(insteadOf(gone, [gone, demo, off, leaving, other])).toBe(other)
})

it('is the demo only where there is nothing else, and nothing where there is none', () => {
  expect(insteadOf(gone, [gone, demo])).toBe(demo)
  expect(insteadOf(gone, [gone])).toBeUndefined()
})

it('is of the same kind: what makes over a video makes none from words', () => {
  const remaker = testModel({ id: 'next', supports: { sourceVideo: 'required' } })
  expect(insteadOf(gone, [remaker, other])).toBe(other)
})

it('names the day a model leaves', () => {
  expect(leavingMessage({ state: 'deprecated', stateSince: '2027-03-03' })).toBe(
    'Leaves on 3 March 2027.',
  )
  expect(leavingMessage({ state: 'deprecated', stateSince: null })).toBe('Leaves soon.')
})

it('says nothing of one that stays, or is gone', () => {
  expect(leavingMessage({ state: 'available', stateSince: null })).toBeNull()
  expect(leavingMessage({ state: 'retired', stateSince: '2026-09-24' })).toBeNull()
})
