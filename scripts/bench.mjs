import { join } from 'node:path'
import { build, install, node, root, run } from './prepare.mjs'

// `npm run bench`: measures the built product against bare baselines; prints a table and writes it as JSON.

try {
  await install()
  await build('')
  const bench = join(root, 'tests/bench/run-bench.ts')
  await run(node, [bench, ...process.argv.slice(2)], { env: { NODE_ENV: 'production' } })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
