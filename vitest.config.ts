import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app,components,scripts,tests}/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/test-database-server.ts'],
    pool: 'forks',
    // Most tests wait for a database, a child process or a provider: two a core keep two cores busy.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { LOG_LEVEL: 'silent' },
  },
})
