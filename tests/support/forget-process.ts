import { createHash } from 'node:crypto'
import { beforeAll, beforeEach } from 'vitest'
import { createLog } from '#lib/log'
import type { Passwords } from '#lib/people/passwords'
import { processWide } from '#lib/process-wide'
import { forgetAllButLooks } from './films/remembered-looks.ts'

// Runs before each test file. Many share a process: each begins as in a new one, with what the process knew forgotten
// and its environment as it was. Only what films and pictures were found to be is remembered, and passwords are kept the
// quick way from the first request on. What the log says is shown where a test fails.

const firstTime = globalThis as typeof globalThis & { environment?: NodeJS.ProcessEnv }
const environment = (firstTime.environment ??= { ...process.env })

for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
Object.assign(process.env, environment)
begin()
// Once more when the file is loaded: what the file before left running may have read the environment meanwhile, which
// the file changes in its first lines.
beforeAll(begin)

let said: string[] = []
beforeEach(({ onTestFailed }) => {
  said = []
  onTestFailed(() => said.forEach((line) => process.stderr.write(`The log: ${line}`)))
})

function begin() {
  forgetAllButLooks()
  useQuickPasswords()
  const write = (line: string) => void said.push(line)
  processWide('log', () => createLog('error', { write }))
}

/** Keeps passwords by a plain hash: the real one takes a quarter of a second of a core, each time. */
function useQuickPasswords() {
  const hash = async (given: string) => `quick:${createHash('sha256').update(given).digest('hex')}`
  processWide<Passwords>('passwords', () => ({
    hash,
    verify: async (given) => (await hash(given.password)) === given.hash,
  }))
}
