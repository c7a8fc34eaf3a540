import { DrizzleQueryError } from 'drizzle-orm'
import pino from 'pino'
import { expect, test } from 'vitest'
import { errorWithoutValues } from './error-without-values.ts'
import { withoutKeys, withoutTokens } from './log.ts'

const secrets = ['token_0123', 'a prompt\n    at the seaside', 'Jane']

/** What a log line says of an error. */
function told(error: unknown) {
  let line = ''
  const write = (text: string) => void (line += text)
  pino({ serializers: { err: errorWithoutValues } }, { write }).warn({ err: error }, 'failed')
  return line
}

function failedQuery() {
  const detail = 'Failing row contains (Jane).'
  const cause = Object.assign(new Error('deadlock detected'), { code: '40P01', detail })
  return new DrizzleQueryError('update "file" set "token" = $1', secrets, cause)
}

test('a failed query is told without its values, also where it is a cause or one of several', () => {
  const errors = [
    failedQuery(),
    new Error('the database is away', { cause: failedQuery() }),
    new AggregateError([failedQuery()], 'several'),
    // As an error for users repeats it in its own words.
    new Error(failedQuery().message),
  ]
  for (const error of errors) {
    const line = told(error)
    for (const secret of [...secrets, 'seaside']) expect(line).not.toContain(secret)
    expect(line).toContain('update \\"file\\" set')
  }
})

test('what is of use stays: code, cause and where it happened', () => {
  const { err } = JSON.parse(told(failedQuery()))
  expect(err.cause).toMatchObject({ message: 'deadlock detected', code: '40P01' })
  expect(err.stack).toContain('log.test.ts')
  expect(err.cause.stack).toContain('log.test.ts')
})

test('what is no error is told as it is', () => {
  expect(JSON.parse(told('a word')).err).toBe('a word')
})

test('a lost connection is told without what it was made with', () => {
  const client = { connectionParameters: { password: 'hunter2' }, secretKey: 4711 }
  const lost = Object.assign(new Error('Connection terminated'), { client, code: '57P01' })
  const told = JSON.stringify(errorWithoutValues(lost))
  expect(told).toContain('57P01')
  expect(told).not.toMatch(/hunter2|4711/)
})

test('an API key is in no line, wherever it came from', () => {
  const key = `pf_${'a1b2'.repeat(10)}`
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const log = pino({ hooks: { streamWrite: withoutKeys } }, { write })
  log.info({ url: `/api/file?key=${key}`, headers: { authorization: `Bearer ${key}` } }, key)
  log.error({ err: new Error(`refused: ${key}`, { cause: new Error(`${key}${key}`) }) })
  for (const line of lines) {
    expect(JSON.parse(line)).toBeDefined()
    expect(line).not.toContain(key)
    expect(line).toContain('pf_[redacted]')
  }
})

test('the token of a link or a webhook is in no line, whichever address holds it', () => {
  const token = 'Zm9v-YmFy_0123456789'
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const log = pino({ hooks: { streamWrite: withoutTokens } }, { write })
  for (const url of [
    `/reset?token=${token}`,
    `/studio/setup?a=1&token=${token}&b=2`,
    `/invite/${token}?utm=x`,
    `/api/invitations/${token}/accept`,
    `/api/webhooks/kie?token=${token}`,
  ])
    log.info({ url }, `asked for ${url}`)
  expect(lines).toHaveLength(5)
  for (const line of lines) {
    expect(JSON.parse(line)).toBeDefined()
    expect(line).not.toContain(token)
  }
  expect(lines[3]).toContain('/api/invitations/[redacted]/accept')
})
