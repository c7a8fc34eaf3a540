import { join } from 'node:path'
import { build, install, node, root, run } from './prepare.mjs'

// `npm run test:long`: the faults at length. Plays 2,000 money plans (`PLANS` asks for another number), kills a process at
// each of its awaits, and starts and ends the product in every way ten times (`ROUNDS`).

try {
  await install()
  const env = { PLANS: process.env.PLANS ?? '2000' }
  await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/faults'], { env })
  await build()
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const endings = { ROUNDS: process.env.ROUNDS ?? '10' }
  await run(node, [playwright, 'test', 'tests/e2e/left-behind.e2e.ts'], { env: endings })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
