import { encodeFilm } from '../../../../lib/ai/providers/local/film/encode-film.ts'
import type { FrameSource } from '../../../../lib/ai/providers/local/film/encode-video.ts'
import { drawFilm, renderFilm } from '../../../../lib/ai/providers/local/film/render-film.ts'
import { synthesizeAmbience } from '../../../../lib/ai/providers/local/audio/synthesize-ambience.ts'
import { parsePrompt } from '../../../../lib/ai/providers/local/grammar/parse-prompt.ts'
import type { ProviderRequest } from '#lib/ai/providers/provider'
import { answer } from '../answer.ts'
import { now } from '../clock.ts'

// Renders and encodes in a process like the product's own render child, set up the same way.

export interface RenderTimes {
  renderMs: number
  /** Encoding the very same frames and sound, drawn before. */
  encodeMs: number
}

answer({
  async measure(request: ProviderRequest): Promise<RenderTimes> {
    const renderMs = await timeOf(() => renderFilm(request))
    const plan = parsePrompt(request.prompt, request.negativePrompt, request.seed)
    const video = await drawnBefore(drawFilm(request, plan))
    const sound = request.generateAudio ? synthesizeAmbience(plan, request.durationSeconds) : null
    const encodeMs = await timeOf(() => encodeFilm({ video, sound }))
    return { renderMs, encodeMs }
  },
})

async function timeOf(work: () => Promise<unknown>) {
  const begin = now()
  await work()
  return now() - begin
}

async function drawnBefore(video: FrameSource): Promise<FrameSource> {
  const frames: Uint8Array[] = []
  for (let index = 0; index < video.frameCount; index += 1)
    frames.push(Uint8Array.from(await video.drawFrame(index)))
  return { ...video, drawFrame: (index) => frames[index]! }
}
