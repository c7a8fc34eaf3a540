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

test('further names of the server are a list', () => {
  expect(parseEnv({}).ALLOWED_HOSTS).toEqual([])
  const { ALLOWED_HOSTS } = parseEnv({ ALLOWED_HOSTS: 'Studio.lan, studio' })
  expect(ALLOWED_HOSTS).toEqual(['studio.lan', 'studio'])
  expect(() => parseEnv({ ALLOWED_HOSTS: 'https://studio.lan' })).toThrow('ALLOWED_HOSTS')
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

test('a secret without what it belongs to is a fault', () => {
  const lonely = { KIE_WEBHOOK_HMAC_KEY: 'very-secret', CHAT_API_KEY: 'very-secret' }
  expect(() => parseEnv(lonely)).toThrow(/2 fault/)
  expect(() => parseEnv(lonely)).toThrow(/KIE_WEBHOOK_HMAC_KEY.+KIE_API_KEY/)
  expect(() => parseEnv(lonely)).toThrow(/CHAT_API_KEY.+CHAT_BASE_URL/)
  expect(() => parseEnv(lonely)).not.toThrow(/very-secret/)
  const chat = { CHAT_BASE_URL: 'https://models.example.com/v1', CHAT_MODEL: 'm' }
  expect(parseEnv({ ...lonely, ...chat, KIE_API_KEY: 'k' })).toMatchObject(lonely)
})

test('an address without a key is none', () => {
  const addresses = {
    KIE_BASE_URL: 'http://127.0.0.1:1',
    VERTEX_BASE_URL: 'http://127.0.0.1:1',
    GEMINI_BASE_URL: 'http://127.0.0.1:1',
    SUPERDUPERAI_URL: 'http://127.0.0.1:1',
  }
  expect(parseEnv(addresses)).toMatchObject(addresses)
})

test('credentials that are no file are a fault of a project that needs them', () => {
  const credentials = { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/key.json' }
  expect(() => parseEnv(credentials)).not.toThrow()
  const faulty = { ...credentials, GOOGLE_CLOUD_PROJECT: 'p' }
  expect(() => parseEnv(faulty)).toThrow('GOOGLE_APPLICATION_CREDENTIALS')
  expect(() =>
    parseEnv({ ...faulty, GOOGLE_APPLICATION_CREDENTIALS: import.meta.dirname }),
  ).toThrow('no such file')
  const found = { ...faulty, GOOGLE_APPLICATION_CREDENTIALS: import.meta.filename }
  expect(parseEnv(found)).toMatchObject({ GOOGLE_CLOUD_PROJECT: 'p' })
})

test('faults of one variable and of several are named together', () => {
  expect(() => parseEnv({ PORT: 'x', KIE_WEBHOOK_HMAC_KEY: 'y' })).toThrow(/2 fault/)
})

test('P1: names are compared as browsers write them', () => {
  const { ALLOWED_HOSTS } = parseEnv({ ALLOWED_HOSTS: 'Studio.LAN., [FD00:0::7],10.0.0.7' })
  expect(ALLOWED_HOSTS).toEqual(['studio.lan', '[fd00::7]', '10.0.0.7'])
  for (const wrong of ['studio.lan:80', '[::1]:80', 'a,,b', 'https://a', '[x]'])
    expect(() => parseEnv({ ALLOWED_HOSTS: wrong })).toThrow('ALLOWED_HOSTS')
})

test('P2: the base path is read in one form, and a wrong one refused in words', () => {
  expect(parseEnv({}).BASE_PATH).toBe('')
  expect(parseEnv({ BASE_PATH: 'studio/' }).BASE_PATH).toBe('/studio')
  expect(() => parseEnv({ BASE_PATH: '//x' })).toThrow(/BASE_PATH: give the path .* like \/studio/)
})

test.each([
  ['https://a.example', 'https://a.example/studio'],
  ['https://a.example/', 'https://a.example/studio'],
  ['https://a.example/studio/', 'https://a.example/studio'],
])('P2: PUBLIC_URL %s is where users see the studio', (PUBLIC_URL, whole) => {
  expect(parseEnv({ PUBLIC_URL, BASE_PATH: 'studio' }).PUBLIC_URL).toBe(whole)
})

test('P2: PUBLIC_URL and BASE_PATH that differ are a fault', () => {
  const faulty = { PUBLIC_URL: 'https://a.example/films', BASE_PATH: '/studio' }
  expect(() => parseEnv(faulty)).toThrow(/PUBLIC_URL: its path is another than BASE_PATH/)
  expect(parseEnv({ PUBLIC_URL: faulty.PUBLIC_URL }).PUBLIC_URL).toBe(faulty.PUBLIC_URL)
})

test.each([
  'postgres://u:p#w@db/studio',
  'postgres://u:p/w@db/studio',
  'postgres://u:p?w@db/studio',
  'postgres://u:p@ss/w@db:5432/studio',
  'postgres://u:1?w@db/studio',
  'postgres://u:%ff@db/studio',
  'postgres://u:p[w]@/studio#x',
  'postgres://db/studio#',
])('P9: a password that breaks the address is told of, and not shown: %s', (DATABASE_URL) => {
  expect(() => parseEnv({ DATABASE_URL })).toThrow(
    /DATABASE_URL: cannot be read\. .* write # as %23/,
  )
  expect(() => parseEnv({ DATABASE_URL })).not.toThrow(/p#w|ss\/w|studio/)
})

test.each([
  'postgres://u:p%23w%2F%3F%40%25@db:5432/studio',
  'postgres://u:p@w@db/studio',
  'postgres://u:100%@db/studio',
  'postgresql://db/studio?sslmode=require',
  'postgresql:///studio?host=/var/run/postgresql&user=a@b',
  'postgres://u@/studio?host=/run/postgresql',
  'postgres://u:pass word@db:5432/studio',
  'postgres://u:pw@[fd00::7]:5432/studio',
  'postgres://u:пароль@db/студия',
])('P9: an address of a database that can be read: %s', (DATABASE_URL) => {
  expect(parseEnv({ DATABASE_URL }).DATABASE_URL).toBe(DATABASE_URL)
})

test('a cap of unfinished videos has an older name', () => {
  expect(parseEnv({}).UNFINISHED_PER_OWNER).toBe(20)
  expect(parseEnv({ MAX_UNFINISHED: '100' }).UNFINISHED_PER_OWNER).toBe(100)
  const both = { MAX_UNFINISHED: '100', UNFINISHED_PER_OWNER: '7' }
  expect(parseEnv(both).UNFINISHED_PER_OWNER).toBe(7)
  expect(() => parseEnv({ MAX_UNFINISHED: 'many' })).toThrow('UNFINISHED_PER_OWNER')
})

test.each([
  ['1.2', 1_200_000, {}],
  ['kling-3=1.5', 1_000_000, { 'kling-3': 1_500_000 }],
  ['1.2, kling-3 = 1.5', 1_200_000, { 'kling-3': 1_500_000 }],
])('the price factor %s is one for all, and one for a model', (text, all, byModel) => {
  expect(parseEnv({ PRICE_FACTOR: text }).PRICE_FACTOR).toEqual({ all, byModel })
})

test.each(['0', '0.0000001', '-1', 'kling-3', '101', '1.2,0', '1,kling-3=0'])(
  'a price factor of %s is a fault',
  (text) => expect(() => parseEnv({ PRICE_FACTOR: text })).toThrow('PRICE_FACTOR'),
)

test.each([
  [undefined, 1_000_000, {}],
  ['1.25', 1_250_000, {}],
  [
    '1.2, kling-3 = 1.5,veo-3.1-lite=2',
    1_200_000,
    { 'kling-3': 1_500_000, 'veo-3.1-lite': 2_000_000 },
  ],
  ['kling-3=0.5', 1_000_000, { 'kling-3': 500_000 }],
])('PRICE_FACTOR=%s is read', (PRICE_FACTOR, all, byModel) => {
  expect(parseEnv({ PRICE_FACTOR }).PRICE_FACTOR).toEqual({ all, byModel })
})

test.each(['0', '-1', '1,2', 'kling-3', '1.2;kling-3=1', '101', '1,kling-3=', '=2', '1e3', 'NaN'])(
  'PRICE_FACTOR=%s is a fault',
  (PRICE_FACTOR) => {
    expect(() => parseEnv({ PRICE_FACTOR })).toThrow('PRICE_FACTOR: give')
  },
)

test('payments take both secrets of Stripe', () => {
  const key = { STRIPE_SECRET_KEY: 'very-secret' }
  expect(() => parseEnv(key)).toThrow(/STRIPE_SECRET_KEY.+STRIPE_WEBHOOK_SECRET/)
  expect(() => parseEnv({ STRIPE_WEBHOOK_SECRET: 'very-secret' })).toThrow('STRIPE_SECRET_KEY')
  expect(() => parseEnv(key)).not.toThrow(/very-secret/)
  expect(parseEnv({ ...key, STRIPE_WEBHOOK_SECRET: 'w' })).toMatchObject(key)
  expect(() => parseEnv({ BILLING: 'on', LIMIT_USD_A_DAY: '-1' })).toThrow(/2 fault/)
})

test('sites that may use the OpenJourney bridge are origins', () => {
  expect(parseEnv({}).OPENJOURNEY_ORIGINS).toEqual([])
  const given = 'https://Journey.example.com/, http://localhost:3001,https://a.example:443'
  expect(parseEnv({ OPENJOURNEY_ORIGINS: given }).OPENJOURNEY_ORIGINS).toEqual([
    'https://journey.example.com',
    'http://localhost:3001',
    'https://a.example',
  ])
  for (const faulty of [
    '*',
    'journey.example.com',
    'https://a.example/path',
    'https://u@a.example',
  ])
    expect(() => parseEnv({ OPENJOURNEY_ORIGINS: faulty })).toThrow('OPENJOURNEY_ORIGINS')
})

test('jobs are driven by Inngest only with both of its keys', () => {
  expect(parseEnv({}).JOBS).toBe('database')
  const jobs = { JOBS: 'inngest', INNGEST_EVENT_KEY: 'an event key' }
  expect(() => parseEnv(jobs)).toThrow(/JOBS.+INNGEST_SIGNING_KEY/)
  const keys = { ...jobs, INNGEST_SIGNING_KEY: 'signkey-prod-0123456789' }
  expect(parseEnv(keys).JOBS).toBe('inngest')
  expect(() => parseEnv({ ...keys, INNGEST_SIGNING_KEY: 'short' })).toThrow('16 characters')
  expect(() => parseEnv({ INNGEST_OWNER: 'anna' })).toThrow('INNGEST_OWNER')
})
