import { join } from 'node:path'
import { install, node, root, run, say } from './prepare.mjs'

// `npm run check`: format, lint, types, unused code and unit tests. All are run, whatever fails first.

const tool = (path) => join(root, 'node_modules', path)

const checks = [
  ['Format', tool('oxfmt/bin/oxfmt'), '--check'],
  ['Lint', tool('oxlint/bin/oxlint'), '--type-aware'],
  ['Route types', tool('next/dist/bin/next'), 'typegen'],
  ['Types', tool('typescript/bin/tsc'), '--noEmit'],
  ['Unused code', tool('knip/bin/knip.js')],
  // The faults play thousands of runs and kill processes for minutes: `npm test` does that.
  ['Unit tests', tool('vitest/vitest.mjs'), 'run', '--exclude', 'tests/faults/**'],
]

await install()
const failed = []
for (const [name, script, ...args] of checks) {
  say(`${name}`)
  await run(node, [script, ...args]).catch(() => failed.push(name))
}
say(failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
