import { join } from 'node:path'
import { endWith, install, node, output, root, say } from './prepare.mjs'

// `npm run check`: format, lint, types, unused code and the unit tests that need neither a database nor other
// processes; those, the faults and the browser are `npm test`'s. All are run, two at a time, whatever fails first.

const tool = (path) => join(root, 'node_modules', path)

const checks = [
  ['Unit tests', [tool('vitest/vitest.mjs'), 'run', '--project', 'pure', '--reporter=dot']],
  ['Lint', [tool('oxlint/bin/oxlint'), '--type-aware']],
  ['Types', [tool('next/dist/bin/next'), 'typegen'], [tool('typescript/bin/tsc'), '--noEmit']],
  ['Unused code', [tool('knip/bin/knip.js')]],
  ['Format', [tool('oxfmt/bin/oxfmt'), '--check']],
]
const atOnce = 2

await install()
const failed = []
const waiting = [...checks]
await Promise.all(Array.from({ length: atOnce }, work))
say(failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`)
endWith(failed.length === 0 ? 0 : 1)

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(check)
}

/** Runs the commands of one check, and prints their output once they have ended. */
async function runCheck([name, ...commands]) {
  let isGreen = true
  for (const args of commands) {
    const ended = await output(node, args)
    isGreen &&= ended.isGreen
    say(`${name}\n${ended.text}`)
  }
  if (!isGreen) failed.push(name)
}
