import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { AppServer } from '../e2e/helpers/servers/app-server.ts'
import { startKieEmulator } from '../emulators/kie/kie-emulator.ts'
import { checkPage, checkRefusedPicture, openBrowser, studioName } from './browser.ts'
import { checks, largeChecks } from './checks.ts'
import { documentedConfigs, undocumented } from './documented.ts'
import { type Installed, installedProxies, RunningProxy } from './proxies.ts'
import { Visitor } from './visitor.ts'

// Tries the built product behind nginx, Caddy and Apache, with the configurations of docs/operators.md. Started by
// `npm run test:long`, once for each base path the pages were built for: `--base=/studio`.

const { values: options } = parseArgs({
  options: { base: { type: 'string', default: '' }, only: { type: 'string', default: '' } },
})
const { base } = options
const say = (line: string) => void process.stdout.write(`${line}\n`)
let failed = 0

async function tried(what: string, attempt: () => Promise<unknown>) {
  try {
    await attempt()
    say(`✓ ${what}`)
  } catch (error) {
    failed++
    say(`✗ ${what}\n  ${error instanceof Error ? error.message : String(error)}`)
  }
}

interface Trial {
  proxy: Installed
  config: string
  note: string
  isDocumented: boolean
}

function trials(installed: Installed[]): Trial[] {
  const all = [
    ...documentedConfigs().map((one) => ({ ...one, note: 'as documented', isDocumented: true })),
    ...undocumented.map((one) => ({ ...one, isDocumented: false })),
  ]
  return all
    .filter(({ basePath }) => basePath === base)
    .flatMap(({ proxy: name, ...rest }) => {
      const proxy = installed.find((one) => one.name === name)
      return proxy && name.includes(options.only) ? [{ proxy, ...rest }] : []
    })
}

/** All checks at once, since most of their time is waiting; each has a visitor of its own. */
async function tryOut({ proxy, config, note, isDocumented }: Trial, product: AppServer) {
  const title = `${proxy.name} ${proxy.version}, ${note}`
  const running = await RunningProxy.start(proxy, config, product.url)
  const all = Object.entries(isDocumented ? { ...checks, ...largeChecks } : checks)
  await Promise.all(
    all.map(([name, check]) =>
      tried(`${title}: ${name}`, async () => {
        const visitor = new Visitor(running.url + base)
        // A session first, as pages do.
        await visitor.ask('/api/session', { method: 'POST' })
        await check(visitor).finally(() => visitor.close())
      }),
    ),
  )
  await tried(`${title}: P1, P2, P3: in the browser`, () => inBrowser(running.url, isDocumented))
  await running.stop()
  if (isDocumented)
    await tried(`${title}: passes Host and addresses on`, () => passesOn(proxy, config))
}

async function inBrowser(url: string, isDocumented: boolean) {
  const address = `http://${studioName}:${new URL(url).port}${base}`
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await checkPage(page, address)
    if (!isDocumented) await checkRefusedPicture(page, address)
  } finally {
    await browser.close()
  }
}

/** What TRUST_PROXY=1 reads: the last address is the proxy's own word, whatever a client claims. */
async function passesOn(proxy: Installed, config: string) {
  const echo = createServer(({ headers }, response) => response.end(JSON.stringify(headers)))
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const { port } = echo.address() as AddressInfo
  const running = await RunningProxy.start(proxy, config, `http://127.0.0.1:${port}`)
  const visitor = new Visitor(running.url + base)
  try {
    const headers = { host: 'video.example.com', 'x-forwarded-for': '203.0.113.6' }
    // Caddy answers any name on its port only in this trial.
    const seen = await visitor.json('/api/models', { headers })
    assert.equal(seen.host, 'video.example.com')
    assert.match(String(seen['x-forwarded-for']), /(?:^|, )127\.0\.0\.1$/)
  } finally {
    visitor.close()
    await running.stop()
    echo.close()
    echo.closeAllConnections()
  }
}

/** S4: what a shared cache keeps of one visitor is never given to the next. */
async function throughCache(proxy: Installed, config: string, product: AppServer) {
  const cache =
    'CacheRoot FOLDER/cache\nCacheEnable disk "/"\nCacheHeader on\nCacheDefaultExpire 600\n'
  const cached = config.replace('</VirtualHost>', `${cache}</VirtualHost>`)
  const running = await RunningProxy.start(proxy, cached, product.url)
  const [anna, boris] = [new Visitor(running.url + base), new Visitor(running.url + base)]
  try {
    const paths = [
      '/',
      '/tools/video-generator',
      '/chat',
      '/status',
      '/settings',
      '/api/file',
      '/api/chat',
    ]
    for (const visitor of [anna, boris]) {
      for (const path of paths) await visitor.ask(path, { headers: { accept: 'text/html' } })
      await visitor.ask('/api/session', { method: 'POST' })
      const body = { prompt: 'a fox', model: 'local-preview', duration: 2 }
      if (visitor === anna) await visitor.json('/api/generate/video', { body })
      await visitor.ask('/api/file')
    }
    assert.ok(anna.cookie && boris.cookie)
    assert.notEqual(anna.cookie, boris.cookie)
    assert.deepEqual((await boris.json('/api/file')).files, [])
    await cacheWorks(anna)
  } finally {
    for (const visitor of [anna, boris]) visitor.close()
    await running.stop()
  }
}

async function cacheWorks(visitor: Visitor) {
  const page = await visitor.ask('/tools/video-generator', { headers: { accept: 'text/html' } })
  const file = /\/_next\/static\/[^"]+\.css/.exec(page.body.toString())?.[0] ?? ''
  await visitor.ask(file)
  const { headers } = await visitor.ask(file)
  assert.match(String(headers['x-cache']), /HIT/)
}

const installed = installedProxies(say)
const kie = await startKieEmulator({ apiKey: 'emulator-key' })
const product = await AppServer.start({
  variables: {
    HOST: '127.0.0.1',
    BASE_PATH: base,
    ALLOWED_HOSTS: studioName,
    TRUST_PROXY: '1',
    GENERATION_CONCURRENCY: '20',
    KIE_API_KEY: 'emulator-key',
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
  },
})
try {
  const all = trials(installed)
  await Promise.all(
    all.map((trial) =>
      tryOut(trial, product).catch((error: unknown) =>
        tried(`${trial.proxy.name}, ${trial.note}`, () => Promise.reject(error)),
      ),
    ),
  )
  const apache = all.find(({ proxy }) => proxy.name === 'Apache')
  if (apache)
    await tried('Apache with mod_cache: S4: no visitor is given the session of another', () =>
      throughCache(apache.proxy, apache.config, product),
    )
} finally {
  await product.dispose()
  await kie.close()
}
say(failed === 0 ? 'All proxies passed' : `${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
