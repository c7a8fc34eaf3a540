import pino from 'pino'
import { keyForm } from '#lib/contract/people/api-key'
import { env } from './env.ts'
import { errorWithoutValues } from './error-without-values.ts'
import { processWide } from './process-wide.ts'

const secrets = [
  'authorization',
  'cookie',
  'key',
  'token',
  'secret',
  'password',
  'connectionString',
]

const everyKey = new RegExp(keyForm, 'g')

/** Wherever in a line an API key came to stand. */
export function withoutKeys(line: string) {
  return line.replace(everyKey, 'pf_[redacted]')
}

const linkToken = /([?&]token=|\/invit(?:e|ations)\/)[^&/?#"\s\\]+/g

/** An address without the token of a link or a webhook: who reads the log must not be let in by it. */
export function withoutTokens(line: string) {
  return line.replace(linkToken, '$1[redacted]')
}

/** The process's log: JSON lines on standard error, without secrets. */
export function log() {
  return processWide('log', () =>
    createLog(env().LOG_LEVEL, pino.destination({ dest: 2, sync: true })),
  )
}

export function createLog(level: string, destination: pino.DestinationStream) {
  return pino(
    {
      level,
      base: null,
      serializers: { err: errorWithoutValues },
      hooks: { streamWrite: (line) => withoutTokens(withoutKeys(line)) },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  )
}
