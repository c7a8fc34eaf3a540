import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, node, root, run, say } from './prepare.mjs'

// `npm run test:long`: the faults at length, then starts and ends, then all browser tests that `npm test` leaves out, then
// the product behind nginx, Caddy and Apache. Plays 2,000 money plans and 400 runs of canvases (`PLANS` asks for another
// number of money plans), delivers 10,000 notices through random ends, kills a process at each of its awaits, starts and
// ends the product in every way ten times (`ROUNDS`), plays the browser tests marked `@long`, and tries the configurations
// that docs/operators.md prints. `-- faults`, `-- endings`, `-- browser` and `-- proxies` run one of the four.
// With the faults go the tests with the tag `long`, of all folders (`test('…', { tags: 'long' }, …)`): more ways of a kind
// of which an example stays in `npm test`, where each would take seconds.

const parts = { faults, endings, browser, proxies }
const asked = process.argv[2]
const playwright = join(root, 'node_modules/@playwright/test/cli.js')

try {
  await install()
  for (const [name, part] of Object.entries(parts)) if (!asked || asked === name) await part()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function faults() {
  await vitest('tests/faults', 'lib/notices/crashes.test.ts', 'lib/money/ledger-properties.test.ts')
  await vitest('--tags-filter=long', ...taggedFiles())
}

function vitest(...args) {
  const env = { PLANS: process.env.PLANS ?? '2000' }
  return run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], { env })
}

/** The files with a test that has the tag: the others need not be loaded to find that they have none. */
function taggedFiles() {
  const folders = ['lib', 'app', 'components', 'scripts', 'tests']
  const names = (folder) => readdirSync(join(root, folder), { recursive: true })
  const files = folders.flatMap((folder) => names(folder).map((name) => join(folder, name)))
  return files
    .filter((path) => /\.test\.tsx?$/.test(path))
    .filter((path) => /\btags\b.*'long'/.test(readFileSync(join(root, path), 'utf8')))
}

/** The root last, so that the pages are left as they are built by default. */
async function proxies() {
  for (const base of ['/studio', '']) {
    say(`Behind proxies, ${base ? `below ${base}` : 'at the root'}`)
    await build(base)
    await run(node, [join(root, 'tests/proxies/run-proxies.ts'), `--base=${base}`])
  }
}

/** Starts and ends the product in every way. */
async function endings() {
  await build('')
  const env = { LONG: '1', ROUNDS: process.env.ROUNDS ?? '10' }
  await run(node, [playwright, 'test', 'tests/e2e/servers/left-behind.e2e.ts'], { env })
}

/** The browser tests that are too long for every run: every language at every width, and more ways of a kind. */
async function browser() {
  await build('')
  const notEndings = ['--grep', '@long', '--grep-invert', 'nothing is left behind']
  await run(node, [playwright, 'test', ...notEndings], { env: { LONG: '1' } })
}
