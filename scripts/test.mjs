import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { playwrightFailures, vitestFailures } from './failures.mjs'
import { ensureChromium } from './find-chromium.mjs'
import { ledgerLines, sumOfLedgers } from './ledgers.mjs'
import { build, endWith, install, node, root, run, say } from './prepare.mjs'

// `npm test`: installs, runs the tests that need no pages and meanwhile builds the pages, then runs the tests in the
// browser. Each keeps two cores busy; at once they would make each other wait until something is given up. Closes with what
// failed, the ledgers of all servers that the browser was tested with, and the sum of both.
// `npm run test:long` has the faults at length.

const results = join(root, 'test-results')
const vitestResults = join(results, 'vitest.json')
const playwrightResults = join(results, 'playwright.json')
// Written by the servers of the tests in the browser, at their ends.
const ledgers = join(results, 'ledgers.jsonl')

try {
  await install()
  const unit = runVitest()
  const runs = await Promise.allSettled([unit, buildAndRunPlaywright(unit)])
  for (const { reason } of runs) if (reason) throw reason
  close(runs.map(({ value }) => value))
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function runVitest() {
  say('Unit and integration tests')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestResults}`]
  const ended = await runTests('vitest/vitest.mjs', ['run', ...reporters], vitestResults)
  const figures = ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests]
  return countOf('vitest', ended, figures, vitestFailures)
}

async function buildAndRunPlaywright(unit) {
  const built = build('')
  // Looked for, and installed where there is none, while the pages are built.
  const CHROMIUM_PATH = chromium()
  await built
  await unit.catch(() => {})
  say('Browser tests')
  rmSync(ledgers, { force: true })
  const ended = CHROMIUM_PATH
    ? await runTests('@playwright/test/cli.js', ['test'], playwrightResults, { CHROMIUM_PATH })
    : { isGreen: false, report: undefined }
  const figures = ({ stats }) => [stats.expected + stats.flaky, stats.unexpected]
  return countOf('playwright', ended, figures, playwrightFailures)
}

/** The browser, or undefined with the reason printed: the results of the other runner are still shown. */
function chromium() {
  try {
    return ensureChromium()
  } catch (error) {
    say(error.message)
    return undefined
  }
}

/** Runs one runner to its end, however it ends, and reads what it wrote. */
async function runTests(script, args, resultsPath, env = {}) {
  mkdirSync(results, { recursive: true })
  rmSync(resultsPath, { force: true })
  const isGreen = await run(node, [join(root, 'node_modules', script), ...args], { env }).then(
    () => true,
    () => false,
  )
  return { isGreen, report: readReport(resultsPath) }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** A runner that failed without a failed test (an error outside of them, say), or ran none, counts as one failure. */
function countOf(name, { isGreen, report }, figuresOf, failuresOf) {
  const [passed, failed] = report ? figuresOf(report) : [0, 0]
  const failures = report ? failuresOf(report) : []
  if (failed === 0 && (!isGreen || passed === 0)) {
    const reason = passed === 0 ? 'ran no test' : 'failed outside of its tests'
    return { passed, failed: 1, failures: [...failures, `✗ ${name} ${reason}`] }
  }
  return { passed, failed, failures }
}

function close(runs) {
  const sum = (key) => runs.reduce((total, counts) => total + counts[key], 0)
  for (const failure of runs.flatMap(({ failures }) => failures)) say(`\n${failure}`)
  const books = sumOfLedgers(existsSync(ledgers) ? readFileSync(ledgers, 'utf8') : '')
  say(`\n${ledgerLines(books)}`)
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  endWith(sum('failed') === 0 && books.mismatches === 0 ? 0 : 1)
}
