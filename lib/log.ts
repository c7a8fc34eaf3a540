import pino from 'pino'
import { env } from './env.ts'
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

/** The process's log: JSON lines on standard error, secrets redacted. */
export function log() {
  return processWide('log', () =>
    pino(
      {
        level: env().LOG_LEVEL,
        base: null,
        redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
      },
      pino.destination({ dest: 2, sync: true }),
    ),
  )
}
