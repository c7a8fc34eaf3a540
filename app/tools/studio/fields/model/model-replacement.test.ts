import { says } from '../../../../../tests/support/says.ts'
import { expect, it } from 'vitest'
import { testModel } from '../../../../../tests/support/generations/test-model.ts'
import { insteadOf, leavingMessage } from './model-replacement.tsx'

const gone = testModel({ id: 'gone', isEnabled: false, replacementId: 'next' })
const demo = testModel({ id: 'demo', isDemo: true })
const other = testModel({ id: 'other' })
const next = testModel({ id: 'next' })

it('the replacement is the successor', () =>
  expect(insteadOf(gone, [gone, demo, other, next])).toBe(next))

it('another model replaces one whose successor is off', () => {
  const off = { ...next, isEnabled: false }
  const leaving = testModel({ id: 'leaving', state: 'deprecated' })
  expect(insteadOf(gone, [gone, demo, off, leaving, other])).toBe(other)
})

it('the demo is the last choice, and without it there is none', () => {
  expect(insteadOf(gone, [gone, demo])).toBe(demo)
  expect(insteadOf(gone, [gone])).toBeUndefined()
})

it('the replacement is of the same kind: made over or made from words', () => {
  const remaker = testModel({ id: 'next', supports: { sourceVideo: 'required' } })
  expect(insteadOf(gone, [remaker, other])).toBe(other)
})

it('names the day a model leaves', () => {
  expect(leavingMessage({ state: 'deprecated', stateSince: '2027-03-03' })).toEqual(
    says('Retires on 3 March 2027.'),
  )
  expect(leavingMessage({ state: 'deprecated', stateSince: null })).toEqual(says('Retires soon.'))
})

it('names no day for a model that stays, or is retired', () => {
  expect(leavingMessage({ state: 'available', stateSince: null })).toBeNull()
  expect(leavingMessage({ state: 'retired', stateSince: '2026-09-24' })).toBeNull()
})
