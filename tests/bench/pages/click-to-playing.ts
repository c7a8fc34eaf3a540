import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { createLocalProvider } from '../../../lib/ai/providers/local/local-provider.ts'
import type { Provider, ProviderRequest } from '#lib/ai/providers/provider'
import { newId } from '#lib/ids'
import { env } from '#lib/env'
import { now } from '../support/clock.ts'
import type { Figure } from '../support/figure.ts'
import { openBrowser } from '../support/clients/open-browser.ts'
import { median } from '../support/percentiles.ts'
import { runServer } from '../support/servers/run-server.ts'

const rounds = 3
const lookMs = 20
const patienceMs = 60_000
const film = { resolution: '480p', aspectRatio: '16:9', generateAudio: true } as const
const durationSeconds = 2

/**
 * From the click on Generate to a video that moves, for 2 s of 480p, next to the provider's own time for the same
 * film. The page plays nothing by itself, so play is called as soon as the video is there.
 */
export async function clickToPlaying(): Promise<Figure[]> {
  await using server = await runServer()
  await using browser = await openBrowser()
  const page = await browser.newPage()
  const provider = createLocalProvider({ directory: join(env().DATA_DIR, 'bench-renders') })
  const ours: number[] = []
  const alone: number[] = []
  for (let round = 1; round <= rounds; round++) {
    // The words name the video on the page; each round has its own.
    const prompt = `A lighthouse by the ocean at sunset, slow pan, take ${round}`
    ours.push(await clickAndWatch(page, server.port, prompt))
    alone.push(await renderAlone(provider, prompt))
  }
  return [
    {
      name: 'click to playing, 2 s of 480p',
      unit: 'ms',
      ours: median(ours),
      baseline: { name: 'the provider alone', value: median(alone) },
    },
  ]
}

async function clickAndWatch(page: Page, port: number, prompt: string) {
  const { resolution, aspectRatio } = film
  const settings = {
    prompt,
    resolution,
    aspectRatio,
    duration: `${durationSeconds}`,
    seed: `${seed}`,
  }
  await page.goto(`http://127.0.0.1:${port}/tools/video-generator?${new URLSearchParams(settings)}`)
  const generate = page.getByRole('button', { name: /^Generate/ })
  await generate.waitFor()
  const begin = now()
  await generate.click()
  await page.waitForFunction(playsNow, prompt, { polling: 'raf', timeout: patienceMs })
  return now() - begin
}

/** Runs in the page. */
function playsNow(name: string) {
  const videos = [...document.querySelectorAll('video')]
  const video = videos.find((one) => one.getAttribute('aria-label') === name)
  if (video?.paused) void video.play()
  return video !== undefined && video.currentTime > 0
}

async function renderAlone(provider: Provider, prompt: string) {
  const context = {
    fetch: globalThis.fetch,
    now: () => new Date(),
    signal: AbortSignal.timeout(patienceMs),
    webhookUrl: null,
  }
  const begin = now()
  const prepared = await provider.prepare({ ...request, prompt }, context)
  const started = await provider.submit(prepared, newId('token'), context)
  if (!('operation' in started)) throw new Error('the local renderer was too fast to measure')
  while ((await provider.check(started.operation, context)).status === 'pending')
    await sleep(lookMs)
  const tookMs = now() - begin
  await provider.releaseProviderFiles?.(started.operation)
  return tookMs
}

const seed = 7
const request: Omit<ProviderRequest, 'prompt'> = {
  ...film,
  kind: 'video',
  model: 'local-preview',
  negativePrompt: null,
  width: 854,
  height: 480,
  durationSeconds,
  seed,
  inputs: [],
}
