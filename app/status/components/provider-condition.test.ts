import { sayIn } from '#lib/messages/translate'
import { expect, test } from 'vitest'
import { testProvider } from '../../../tests/support/test-provider.ts'
import { providerCondition } from './provider-condition.tsx'

const now = new Date(2026, 10, 21, 14, 0).getTime()
const pause = {
  until: new Date(2026, 10, 21, 14, 20).toISOString(),
  reason: 'The account has no credits left.',
}

test('a provider that is off names the variables that turn it on', () => {
  const variables = ['KIE_API_KEY', 'KIE_REGION'].map((name) => ({
    name,
    meaning: 'The key.',
    isRequired: true,
    isSet: false,
  }))
  const off = testProvider({ isOn: false, health: null, variables })
  expect(providerCondition(off)).toEqual({
    tone: 'off',
    word: 'Off',
    sentence: 'Set KIE_API_KEY and KIE_REGION to turn it on.',
  })
})

test('a cooldown comes before the circuit, and the circuit before health', () => {
  const down = { state: 'down', message: 'The key was refused.' } as const
  const word = (changes: Parameters<typeof testProvider>[0]) =>
    providerCondition(testProvider({ health: down, ...changes })).word
  expect(word({ circuit: 'open', pause })).toBe('Paused')
  expect(word({ circuit: 'open' })).toBe('Cooling down')
  expect(word({ circuit: 'half_open' })).toBe('On trial')
  expect(word({})).toBe('Down')
})

test('a cooldown names its end and its reason', () => {
  const { sentence } = providerCondition(testProvider({ pause }))
  expect(sayIn('en', sentence, now)).toBe('Paused until 14:20. The account has no credits left.')
})

test('the provider’s own sentence comes before ours', () => {
  const ours = providerCondition(testProvider({}))
  expect(ours).toMatchObject({ tone: 'good', sentence: 'It answers and takes videos.' })
  const theirs = testProvider({ health: { state: 'degraded', message: 'It is slow today.' } })
  expect(providerCondition(theirs)).toMatchObject({
    tone: 'poor',
    sentence: 'It is slow today.',
  })
})
