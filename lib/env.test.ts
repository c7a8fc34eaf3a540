import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

test('nothing is required for the embedded default', () => {
  expect(parseEnv({})).toMatchObject({ PORT: 3000, WORKER: true, GENERATION_CONCURRENCY: 3 })
})

test('an empty variable counts as absent', () => {
  expect(parseEnv({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 })
})

test('a chat endpoint needs the name of its model', () => {
  const faulty = { CHAT_BASE_URL: 'https://models.example.com/v1' }
  expect(() => parseEnv(faulty)).toThrow('CHAT_MODEL')
  expect(parseEnv({ ...faulty, CHAT_MODEL: 'm' })).toMatchObject({ CHAT_CONFIRM_ABOVE_USD: 1 })
})

test('every fault is named at once', () => {
  const faulty = {
    PORT: 'http',
    DATABASE_URL: 'mysql://x',
    AUTH_SECRET: 'short',
    WORKER: 'maybe',
    PUBLIC_URL: 'x',
  }
  expect(() => parseEnv(faulty)).toThrow(/5 fault/)
  for (const name of Object.keys(faulty)) expect(() => parseEnv(faulty)).toThrow(name)
})
