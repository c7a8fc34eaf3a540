import { chromium } from '@playwright/test'
import { ensureChromium } from '../../../../scripts/find-chromium.mjs'

/** The Chromium of this machine, without a window, and without traffic of its own. */
export function openBrowser() {
  return chromium.launch({
    executablePath: ensureChromium(),
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
  })
}
