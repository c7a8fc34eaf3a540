import { join } from 'node:path'
import { install, node, root, run } from './prepare.mjs'

// `npm run test:long`: the faults at length. Plays 2,000 money plans (`PLANS` asks for another number) and kills a
// process at each of its awaits.

try {
  await install()
  const env = { PLANS: process.env.PLANS ?? '2000' }
  await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/faults'], { env })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
