import { defaultChildCommand } from '../../lib/ai/providers/process/child-command.ts'
import type { ProviderRequest } from '#lib/ai/providers/provider'
import type { Resolution } from '#lib/contract/model-view'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import { median } from './support/percentiles.ts'
import type { RenderTimes } from './support/children/render-child.ts'

const script = 'tests/bench/support/children/render-child.ts'
const durationSeconds = 2
const prompts = [
  'A lighthouse by the ocean at sunset, waves rolling in, slow pan',
  'A neon city at night in the rain, zoom in',
  'Snow falling over a mountain forest at dawn',
]
const sizes: { resolution: Resolution; width: number; height: number }[] = [
  { resolution: '480p', width: 854, height: 480 },
  { resolution: '720p', width: 1280, height: 720 },
]

/** What the local renderer takes for a second of video, next to encoding the same frames and sound alone. */
export async function renderTime(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const size of sizes) {
    const times: RenderTimes[] = []
    for (const prompt of prompts) times.push(await measure({ ...request, ...size, prompt }))
    const aSecond = (part: keyof RenderTimes) =>
      median(times.map((time) => time[part])) / durationSeconds
    figures.push({
      name: `rendering a second of ${size.resolution}`,
      unit: 'ms',
      ours: aSecond('renderMs'),
      baseline: { name: 'encoding the same frames', value: aSecond('encodeMs') },
      aim: { of: 'ratio', atMost: 1.5 },
    })
  }
  return figures
}

async function measure(asked: ProviderRequest) {
  const { nodeArguments } = defaultChildCommand(script)
  await using child = new Child(script, {
    nodeArguments,
    environment: childEnvironment(),
  })
  // The first film of a process pays for loading fonts and codecs.
  await child.ask('measure', { ...asked, durationSeconds: 1 })
  return await child.ask<RenderTimes>('measure', asked)
}

/** What the product sets for its render child, above all how memory is given back. */
function childEnvironment() {
  const entries = Object.entries(defaultChildCommand(script).environment)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]))
}

const request: ProviderRequest = {
  kind: 'video',
  model: 'local-preview',
  prompt: '',
  negativePrompt: null,
  aspectRatio: '16:9',
  resolution: '480p',
  width: 0,
  height: 0,
  durationSeconds,
  seed: 7,
  generateAudio: true,
  inputs: [],
}
