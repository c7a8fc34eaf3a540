import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['{lib,app,components,scripts,tests}/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/test-database-server.ts'],
    pool: 'forks',
    // Most tests wait for a database, a child process or a provider: two a core keep two cores busy.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // The machine may be busy: only what never comes is given up.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    env: { LOG_LEVEL: 'silent' },
  },
})
