import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllEmulators } from './all-emulators.ts'
import { faults } from './faults.ts'
import { renderedFilms } from './rendered-films.ts'

// Run by `npm run emulators`: every provider on this machine, without a key and without a bill, and the product
// configured for them. Finished videos are drawn from their prompts. Prints the variables as one line of JSON for the
// script that starts the product.

const folder = await mkdtemp(join(tmpdir(), 'photofinish-films-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const ending of ['SIGTERM', 'SIGHUP', 'disconnect'])
  process.once(ending, () => process.exit(0))
// Ctrl+C reaches us too; the product asks until its end, so we wait to be told.
process.on('SIGINT', () => {})
const { emulators, variables } = await startAllEmulators({ filmOf: renderedFilms(folder) })
process.stdout.write(`${JSON.stringify(variables)}\n`)
for (const { id, url } of Object.values(emulators))
  process.stderr.write(`Emulating ${id} at ${url}, its books at ${url}/_emulator/jobs\n`)
const width = Math.max(...Object.keys(faults).map((name) => name.length))
const lines = Object.entries(faults).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`)
process.stderr.write(
  `Write a fault into a prompt, as in "a fox #kie:402" or "rain #vertex:seconds=20":\n${lines.join('\n')}\n`,
)
