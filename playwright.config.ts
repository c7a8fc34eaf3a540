import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.mjs'
import { compileCache } from './scripts/prepare.mjs'

// For the servers and their children, as `npm start` sets it.
process.env.NODE_COMPILE_CACHE ??= compileCache

// The machine may be shared and slow: waiting is bounded so generously that only what never comes fails.
const testMs = 300_000
const expectMs = 90_000

const ofProviders = /\/(providers-|composer-|chat-(image|priced|twenty))[^/]*\.e2e\.ts$/
const ofOwnSettings = /\/(providers-(chat|pages)|chat-image)\.e2e\.ts$/
const ofChat = /\/(chat-|connection-words)[^/]*\.e2e\.ts$/

// Moving pictures are drawn by the processor here, sixty times a second: a fifth of what a browser costs. The studio's
// pages show everything that moves, and are tested with it.
const calm = { contextOptions: { reducedMotion: 'reduce' } } as const

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/helpers/ready-folder.ts',
  // Lanes, each with the servers of its kind: a worker keeps them from file to file. Most tests wait for a server or a
  // page, so two a core keep two cores busy. They are begun in this order: what goes in one lane only comes first.
  workers: 4,
  projects: [
    { name: 'providers', testMatch: ofProviders, testIgnore: ofOwnSettings, workers: 1, use: calm },
    { name: 'chat', testMatch: ofChat, testIgnore: ofProviders, workers: 2, use: calm },
    { name: 'settings', testMatch: ofOwnSettings, workers: 1, use: calm },
    { name: 'studio', testIgnore: [ofProviders, ofChat], workers: 2 },
  ],
  // CI's machine is shared: a test that needs its second try is told as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  timeout: testMs,
  expect: { timeout: expectMs },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    // Text and figures are compared: they must not depend on the machine.
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    actionTimeout: expectMs,
    navigationTimeout: expectMs,
    // Tracing every test costs time on two cores; `--trace on` asks for it.
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
