import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.mjs'
import { compileCache, nodeOptions } from './scripts/prepare.mjs'

// For the servers and their children, as `npm start` sets it.
process.env.NODE_COMPILE_CACHE ??= compileCache
process.env.NODE_OPTIONS = nodeOptions()

// The machine may be shared and slow: waiting is bounded so generously that only what never comes fails.
const testMs = 600_000
const expectMs = 120_000

// Files with a server that no other one uses: each begins a worker, a browser and that server.
const ofOwnServers =
  /\/(providers-(languages|chat|pages)|chat-image|canvas-crash|people[^/]*|credits|notices|stretched)\.e2e\.ts$/
const ofProviders = /\/(providers-|composer-|chat-(priced|twenty)|backup)[^/]*\.e2e\.ts$/
const ofChat = /\/(chat-|canvas-chat|connection-words)[^/]*\.e2e\.ts$/

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/helpers/servers/ready-folder.ts',
  // Lanes, each with the servers of its kind: a worker keeps them from file to file. Most tests wait for a server or a
  // page, so two a core keep two cores busy. They are begun in this order: what goes one after the other comes first, and
  // what any worker can take fills the others' places to the end.
  workers: 4,
  projects: [
    { name: 'own', testMatch: ofOwnServers, workers: 1 },
    { name: 'providers', testMatch: ofProviders, testIgnore: ofOwnServers, workers: 1 },
    {
      name: 'chat',
      testMatch: ofChat,
      testIgnore: [ofOwnServers, ofProviders],
      workers: 1,
    },
    { name: 'studio', testIgnore: [ofOwnServers, ofProviders, ofChat] },
  ],
  // CI's machine is shared: a test that needs its second try is told as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  // `npm test` plays one journey for each promise; further ways of a kind are tagged: `npm run test:long -- browser`.
  ...(process.env.LONG ? {} : { grepInvert: /@long/ }),
  timeout: testMs,
  expect: { timeout: expectMs },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    // A browser profile of its own for each test costs more than what most tests do: its files are fetched and its
    // scripts compiled again. What a test leaves behind is cleared between two of them; see `context` in helpers/test.ts.
    reuseContext: true,
    // What moves is drawn by the processor here, sixty times a second: more than a quarter of what a browser costs. The
    // files that ask for motion show everything that moves.
    contextOptions: { reducedMotion: 'reduce' },
    // Text and figures are compared: they must not depend on the machine.
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    actionTimeout: expectMs,
    navigationTimeout: expectMs,
    // Tracing every test costs time on two cores; `--trace on` asks for it.
    // The worker behind the pages has a test of its own; what a page asks is seen and changed by the others.
    serviceWorkers: 'block',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      // As root, which containers are, Chromium has no sandbox; nothing here may reach out by itself.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
})
