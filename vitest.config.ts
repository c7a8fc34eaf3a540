import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { compileCache, nodeOptions } from './scripts/prepare.mjs'
import { LongestFirst } from './tests/support/longest-first.ts'

// For the workers and the processes that tests start, as `npm start` sets it.
process.env.NODE_COMPILE_CACHE ??= compileCache
process.env.NODE_OPTIONS = nodeOptions()

const everyTest = '{lib,app,components,scripts,tests}/**/*.test.{ts,tsx}'

/** The test files that name one of these, in their path or their text. */
function testsThatName(things: RegExp) {
  return globSync(everyTest, { cwd: import.meta.dirname }).filter((path) =>
    things.test(path + readFileSync(join(import.meta.dirname, path), 'utf8')),
  )
}

const databaseTests = testsThatName(
  /support\/database\/(test-database|with-[a-z]+)\.ts|databaseServer/,
)

// They encode, render, look into videos or start a database of their own, in other processes: `npm run check` leaves them to
// `npm test`.
const processTests = testsThatName(
  /support\/films\/tiny-mp4\.ts|embedded-postgres\.ts|render-film|local-provider|edits-provider|rendered-films/,
).filter((path) => !databaseTests.includes(path))

// `npm run test:long` plays more plans, kills some hundred processes, and runs the tests with the tag `long`: more ways
// of a kind of which an example stays in `npm test`, at seconds each.
const isLong = process.env.PLANS !== undefined
const tags = [
  { name: 'long', description: 'more of a kind, in `npm run test:long`', skip: !isLong },
]
const longTests = isLong ? [] : ['tests/faults/kill-at-every-await.test.ts']

export default defineConfig({
  test: {
    // Most tests wait for a database, a child process or a provider: two a core keep two cores busy.
    maxWorkers: 4,
    // Starting a process and loading what all tests load, once a file, took longer than most tests. No threads: many tests
    // start processes, which costs the more the larger the process is that starts them.
    pool: 'forks',
    isolate: false,
    sequence: { sequencer: LongestFirst },
    tags,
    // The machine may be busy: only what never comes is given up.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 180_000, interval: 20 } },
    // The keys that tests set are for emulators: what they make is no stranger's.
    env: { LOG_LEVEL: 'silent', ACCESS: 'open', RENDER_NICENESS: '0' },
    setupFiles: ['tests/support/forget-process.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: [everyTest],
          exclude: [...databaseTests, ...processTests],
        },
      },
      {
        extends: true,
        test: { name: 'processes', include: processTests },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: databaseTests,
          exclude: longTests,
          globalSetup: ['tests/support/database/test-database-server.ts'],
        },
      },
    ],
  },
})
