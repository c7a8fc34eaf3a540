import { sayIn } from '#lib/messages/translate'
import { expect, test } from 'vitest'
import { testProvider } from '../../../tests/support/generations/test-provider.ts'
import { providerCondition } from './provider-condition.tsx'

const now = new Date(2026, 10, 21, 14, 0).getTime()
const cooldown = {
  until: new Date(2026, 10, 21, 14, 20).toISOString(),
  reason: 'The account has no credits left.',
}

function wordsOf(provider: Parameters<typeof providerCondition>[0]) {
  const { tone, word, sentence } = providerCondition(provider)
  return [tone, sayIn('en', word), sayIn('en', sentence)]
}

test('a provider that is off names the variables that turn it on', () => {
  const variables = ['KIE_API_KEY', 'KIE_REGION'].map((name) => ({
    name,
    meaning: 'The key.',
    isRequired: true,
    isSet: false,
  }))
  const off = testProvider({ isOn: false, health: null, variables })
  expect(wordsOf(off)).toEqual(['off', 'Off', 'Set KIE_API_KEY and KIE_REGION to turn it on.'])
  expect(sayIn('ru', providerCondition(off).sentence)).toBe(
    'Чтобы включить, задайте KIE_API_KEY и KIE_REGION.',
  )
})

test('a cooldown comes before the circuit, and the circuit before health', () => {
  const down = { state: 'down', message: 'The key was refused.' } as const
  const word = (changes: Parameters<typeof testProvider>[0]) =>
    wordsOf(testProvider({ health: down, ...changes }))[1]
  expect(word({ circuit: 'open', cooldown })).toBe('Paused')
  expect(word({ circuit: 'open' })).toBe('Cooldown')
  expect(word({ circuit: 'half_open' })).toBe('Retrying')
  expect(word({})).toBe('Down')
})

test('a cooldown names its end and its reason', () => {
  const { sentence } = providerCondition(testProvider({ cooldown }))
  expect(sayIn('en', sentence, now)).toBe('Paused until 14:20. The account has no credits left.')
})

test('the provider’s own sentence comes before ours', () => {
  expect(wordsOf(testProvider({}))).toEqual(['good', 'OK', 'Operational.'])
  const theirs = testProvider({ health: { state: 'degraded', message: 'It is slow today.' } })
  expect(wordsOf(theirs)).toEqual(['poor', 'Degraded', 'It is slow today.'])
})
