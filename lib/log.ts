import pino from 'pino'
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

/** The process's log: JSON lines on standard error, without secrets. */
export function log() {
  return processWide('log', () =>
    pino(
      {
        level: env().LOG_LEVEL,
        base: null,
        serializers: { err: errorWithoutValues },
        redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      },
      pino.destination({ dest: 2, sync: true }),
    ),
  )
}
