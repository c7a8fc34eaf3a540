import type { LocalRequest } from '../local-operation.ts'
import { synthesizeAmbience } from '../audio/synthesize-ambience.ts'
import { parsePrompt } from '../grammar/parse-prompt.ts'
import { drawFilm } from './draw-film.ts'
import { encodeFilm } from './encode-film.ts'

export interface RenderedFilm {
  /** A whole MP4. */
  bytes: Uint8Array
  frameCount: number
  timings: {
    /** Reading the prompt and painting all that stands still. */
    prepareMs: number
    soundMs: number
    /** The time spent in drawing alone; the encoder works beside it. */
    drawMs: number
    /** From the first frame asked for to the last byte. */
    encodeMs: number
    totalMs: number
  }
}

export interface RenderReport {
  /** 0 to 100, only growing: the share of the frames that are drawn, and a little for what comes before. */
  progress: number
  message: string
}

/** Shares of the progress that are reached before the first frame and after the last one. */
const firstFrame = 4
const lastFrame = 97

/** Renders a film in this process: the same bytes for the same request. Throws what the codecs report. */
export async function renderFilm(
  request: LocalRequest,
  report: (state: RenderReport) => void = () => {},
): Promise<RenderedFilm> {
  const begin = performance.now()
  report({ progress: 1, message: 'Painting the scene' })
  const plan = parsePrompt(request.prompt, request.negativePrompt, request.seed)
  const video = drawFilm(request, plan)
  const prepared = performance.now()
  report({ progress: 3, message: 'Composing the sound' })
  const sound = request.generateAudio ? synthesizeAmbience(plan, request.durationSeconds) : null
  const composed = performance.now()

  let drawMs = 0
  const timed = {
    ...video,
    drawFrame(index: number) {
      const start = performance.now()
      const pixels = video.drawFrame(index)
      drawMs += performance.now() - start
      return pixels
    },
  }
  const bytes = await encodeFilm({ video: timed, sound }, (done) => {
    const share = done / video.frameCount
    report({
      progress: firstFrame + (lastFrame - firstFrame) * share,
      message: `Drawing frame ${done} of ${video.frameCount}`,
    })
  })
  const end = performance.now()
  const timings = {
    prepareMs: prepared - begin,
    soundMs: composed - prepared,
    drawMs,
    encodeMs: end - composed,
    totalMs: end - begin,
  }
  return { bytes, frameCount: video.frameCount, timings }
}
