import { beforeAll } from 'vitest'
import { forgetAllButLooks } from './films/remembered-looks.ts'
import { useQuickPasswords } from './people/quick-passwords.ts'

// Runs before each test file. Many share a process: each begins as in a new one, with what the process knew forgotten
// and its environment as it was. Only what films and pictures were found to be is remembered, and passwords are kept the
// quick way from the first request on.

const firstTime = globalThis as typeof globalThis & { environment?: NodeJS.ProcessEnv }
const environment = (firstTime.environment ??= { ...process.env })

for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name]
Object.assign(process.env, environment)
begin()
// Once more when the file is loaded: what the file before left running may have read the environment meanwhile, which
// the file changes in its first lines.
beforeAll(begin)

function begin() {
  forgetAllButLooks()
  useQuickPasswords()
}
