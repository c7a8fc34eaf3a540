import type { Browser } from '@playwright/test'
import type { Figure } from '../support/figure.ts'
import { openBrowser } from '../support/clients/open-browser.ts'
import { runServer } from '../support/servers/run-server.ts'

const pagePath = '/tools/video-generator'
/** After the page is idle: what it loads ahead on its own is part of the first load. */
const settleMs = 1_500

interface LoadedScript {
  path: string
  kilobytes: number
}

/** The JavaScript of the first, cold load of the page, as it comes over the wire. */
export async function firstLoad(): Promise<Figure[]> {
  await using server = await runServer()
  await using browser = await openBrowser()
  const scripts = await scriptsOf(browser, `http://127.0.0.1:${server.port}${pagePath}`)
  const ours = scripts.reduce((sum, { kilobytes }) => sum + kilobytes, 0)
  const heaviest = scripts.toSorted((a, b) => b.kilobytes - a.kilobytes).slice(0, 8)
  const note = heaviest.map(({ path, kilobytes }) => `${path} ${kilobytes.toFixed(1)}`).join(', ')
  return [
    {
      name: 'first-load JavaScript',
      unit: 'KB',
      ours,
      baseline: null,
      aim: { of: 'figure', atMost: 180 },
      note: `${scripts.length} files; the heaviest: ${note}`,
    },
  ]
}

async function scriptsOf(browser: Browser, url: string) {
  const page = await browser.newPage()
  const network = await page.context().newCDPSession(page)
  const paths = new Map<string, string>()
  const scripts: LoadedScript[] = []
  network.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') paths.set(requestId, new URL(response.url).pathname)
  })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId)
    if (path) scripts.push({ path: path.split('/').at(-1)!, kilobytes: encodedDataLength / 1024 })
  })
  await network.send('Network.enable')
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.waitForTimeout(settleMs)
  await page.close()
  return scripts
}
