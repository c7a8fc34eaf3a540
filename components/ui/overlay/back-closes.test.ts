import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followHistory, leaveTo, openLayer } from './back-closes.ts'

interface Entry {
  path: string
  state: Record<string, unknown>
}

/** A browser's history as far as a page sees it: a step takes its time, and is dropped where the page goes on meanwhile. */
class TestBrowser {
  entries: Entry[] = [{ path: '/account', state: { __NA: true } }]
  at = 0
  /** How long steps and pages take, in turns of the event loop. */
  delay = () => 1
  private steps = 0
  private readonly listeners = new Set<() => void>()

  install() {
    const at = () => this.entries[this.at]!
    vi.stubGlobal('history', {
      get state() {
        return at().state
      },
      pushState: (state: Entry['state']) => this.push({ path: at().path, state }),
      replaceState: (state: Entry['state']) => void (this.entries[this.at] = { ...at(), state }),
      go: (by: number) => void this.travel(by),
    })
    vi.stubGlobal('location', {
      get pathname() {
        return at().path
      },
      search: '',
    })
    vi.stubGlobal('window', {})
    vi.stubGlobal('addEventListener', (_name: string, listener: () => void) =>
      this.listeners.add(listener),
    )
    vi.stubGlobal('removeEventListener', (_name: string, listener: () => void) =>
      this.listeners.delete(listener),
    )
  }

  /** The router writes the address once the page is there. */
  router = {
    push: (path: string) => void this.show(path, (entry) => this.push(entry)),
    replace: (path: string) =>
      void this.show(path, (entry) => void (this.entries[this.at] = entry)),
  }

  async travel(by: number) {
    const step = ++this.steps
    await turns(this.delay())
    if (step !== this.steps || !this.entries[this.at + by]) return
    this.at += by
    for (const listener of this.listeners) listener()
  }

  /** Next gives up what it has begun where the history moves meanwhile. */
  private async show(path: string, write: (entry: Entry) => void) {
    const step = ++this.steps
    await turns(this.delay())
    if (step === this.steps) write({ path, state: { __NA: true } })
  }

  private push(entry: Entry) {
    this.entries.splice(++this.at, Infinity, entry)
  }
}

async function turns(count: number) {
  for (let turn = 0; turn < count; turn++) await sleep(0)
}

let browser: TestBrowser
let unfollow: () => void
beforeEach(() => {
  browser = new TestBrowser()
  browser.install()
  unfollow = followHistory()
})
afterEach(() => {
  unfollow()
  vi.unstubAllGlobals()
})

/** Something that is open: it has closed a render after it was told to. */
function open(render: () => number) {
  const close = vi.fn<() => void>(() => void turns(render()).then(end))
  const end = openLayer(close)
  return close
}

const paths = () => browser.entries.map(({ path }) => path)
const layer = () => browser.entries[browser.at]!.state['layer'] ?? 0

test.each(Array.from({ length: 20 }, (_, index) => index))(
  'a link in a panel leads to its page, which takes the place of the panel’s entry, whatever comes first (%i)',
  async (seed) => {
    const turn = (salt: number) => (seed * 7 + salt * 3) % 5
    browser.delay = () => turn(1)
    const close = open(() => turn(2))
    await turns(2)
    expect(layer()).toBe(1)
    leaveTo('/video', browser.router)
    await turns(20)
    expect(close).toHaveBeenCalledOnce()
    expect(paths()).toEqual(['/account', '/video'])
    expect(browser.at).toBe(1)
  },
)

test('a menu in a dialog: both close, and Back from the new page stays on this one', async () => {
  const closes = [open(() => 1), open(() => 2)]
  await turns(2)
  leaveTo('/video', browser.router)
  await turns(20)
  for (const close of closes) expect(close).toHaveBeenCalledOnce()
  expect(browser.entries[browser.at]!.path).toBe('/video')
  await browser.travel(-1)
  await turns(20)
  expect([browser.entries[browser.at]!.path, layer()]).toEqual(['/account', 0])
})

test('a link that is pressed while a closed panel’s entry is left waits for that', async () => {
  browser.delay = () => 4
  const end = openLayer(() => {})
  await turns(2)
  end()
  await turns(2)
  leaveTo('/video', browser.router)
  await turns(30)
  expect(paths()).toEqual(['/account', '/video'])
})

test('a link is followed where the browser has dropped that step', async () => {
  const end = openLayer(() => {})
  await turns(2)
  browser.delay = () => 1
  vi.spyOn(history, 'go').mockImplementation(() => {})
  end()
  await turns(3)
  leaveTo('/video', browser.router)
  await expect.poll(() => browser.entries[browser.at]!.path).toBe('/video')
})

test('a link to the page that is open only closes the panel', async () => {
  const close = open(() => 1)
  await turns(2)
  leaveTo('/account', browser.router)
  await turns(20)
  expect(close).toHaveBeenCalledOnce()
  expect([paths()[browser.at], layer(), browser.at]).toEqual(['/account', 0, 0])
})

test('with nothing open a link goes on as it always does', async () => {
  leaveTo('/video', browser.router)
  await turns(5)
  expect(paths()).toEqual(['/account', '/video'])
})
