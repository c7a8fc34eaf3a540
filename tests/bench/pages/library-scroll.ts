import type { Page } from '@playwright/test'
import { fillLibrary, putPosters } from '../support/fill-library.ts'
import type { Figure } from '../support/figure.ts'
import { openBrowser } from '../support/clients/open-browser.ts'
import { makeOwner } from '../support/owner.ts'
import { percentile } from '../support/percentiles.ts'
import { runServer } from '../support/servers/run-server.ts'

const itemsOfOwner = 50_000
/** As many as are scrolled by, and more: the newest come first. */
const itemsWithPoster = 2_000
const scrollMs = 15_000
/** A quick wheel: two screens a second. */
const pixelsPerSecond = 1_800

interface Motion {
  /** Milliseconds between frames. */
  gaps: number[]
  /** Milliseconds of each task over 50 ms. */
  longTasks: number[]
  /** Items that were there at the end. */
  shown: number
}

/** How smoothly the library of 50,000 items scrolls: while its pages are read, and back over what was read. */
export async function libraryScroll(): Promise<Figure[]> {
  await using server = await runServer()
  const owner = await makeOwner(server.port)
  await fillLibrary({ rows: itemsOfOwner, ownerId: owner.ownerId, ofOwner: itemsOfOwner })
  await putPosters({ first: 1, rows: itemsWithPoster })
  await using browser = await openBrowser()
  const origin = `http://127.0.0.1:${server.port}`
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const [name = '', value = ''] = owner.cookie.split('=')
  await context.addCookies([{ name, value, url: origin }])
  const page = await context.newPage()
  await page.goto(`${origin}/library`)
  await page.getByRole('gridcell').first().waitFor()
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('[role=gridcell] img')].some(
      (img) => img.naturalWidth > 0,
    ),
  )
  // What the page does once it is there is not scrolling.
  await page.waitForTimeout(2_000)
  const down = await scroll(page, 1)
  const back = await scroll(page, -1)
  return [...figuresOf('down', down), ...figuresOf('back', back)]
}

function figuresOf(way: string, { gaps, longTasks, shown }: Motion): Figure[] {
  const note = `${gaps.length} frames, ${shown} items read, longest frame ${Math.max(0, ...gaps).toFixed(0)} ms`
  const longest = Math.max(0, ...longTasks)
  return [
    {
      name: `library-scroll ${way}: frame gap p95`,
      unit: 'ms',
      ours: percentile(gaps, 0.95),
      baseline: null,
      aim: { of: 'figure', atMost: 17.5 },
      note,
    },
    {
      name: `library-scroll ${way}: longest task`,
      unit: 'ms',
      ours: longest,
      baseline: null,
      aim: { of: 'figure', atMost: 50 },
      note: `${longTasks.length} over 50 ms`,
    },
  ]
}

function scroll(page: Page, direction: 1 | -1): Promise<Motion> {
  return page.evaluate(moveAndWatch, { direction, scrollMs, pixelsPerSecond })
}

/** Runs in the page. */
async function moveAndWatch(order: {
  direction: number
  scrollMs: number
  pixelsPerSecond: number
}): Promise<Motion> {
  const gaps: number[] = []
  const longTasks: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  })
  observer.observe({ entryTypes: ['longtask'] })
  const begin = performance.now()
  let before = begin
  await new Promise<void>((resolve) => {
    const frame = (now: number) => {
      gaps.push(now - before)
      scrollBy(0, (order.direction * order.pixelsPerSecond * (now - before)) / 1_000)
      before = now
      if (now - begin > order.scrollMs) resolve()
      else requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  observer.disconnect()
  const grid = document.querySelector('[role=grid] > div')
  const row = document.querySelector('[role=row]')
  const rows = grid && row ? grid.clientHeight / Math.max(1, row.clientHeight) : 0
  return { gaps: gaps.slice(1), longTasks, shown: Math.round(rows * (row?.children.length ?? 0)) }
}
