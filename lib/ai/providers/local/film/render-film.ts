import { message } from '#lib/messages/message'
import { createCanvas } from '@napi-rs/canvas'
import { synthesizeAmbience } from '../audio/synthesize-ambience.ts'
import { paletteOf } from '../grammar/palette.ts'
import { parsePrompt } from '../grammar/parse-prompt.ts'
import type { ScenePlan } from '../grammar/scene-plan.ts'
import type { RenderReport } from '../../process/render-progress.ts'
import type { LocalRequest } from '../local-operation.ts'
import { createRandom } from '../random.ts'
import { cameraAt } from '../scene/camera.ts'
import { composeScene } from '../scene/compose-scene.ts'
import { createCaption } from '../scene/overlays.ts'
import { createStage } from '../scene/stage.ts'
import { encodeFilm } from './encode-film.ts'
import type { FrameSource } from './encode-video.ts'

export const framesPerSecond = 30

/** The frames of a film. Sets up all layers at once; after that frames are cheap and may be drawn in any order. */
export function drawFilm(request: LocalRequest, plan: ScenePlan): FrameSource {
  const { width, height, durationSeconds } = request
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  const stage = createStage({ width, height, durationSeconds, plan, palette: paletteOf(plan) })
  const layers = composeScene(stage)
  const caption = createCaption(width, height)
  const direction = createRandom(plan.key, 'camera')() < 0.5 ? -1 : 1
  return {
    width,
    height,
    framesPerSecond,
    frameCount: durationSeconds * framesPerSecond,
    drawFrame(index) {
      const seconds = index / framesPerSecond
      const camera = cameraAt(plan.camera, direction, seconds, durationSeconds)
      for (const layer of layers) layer.draw(context, { seconds, camera })
      caption.draw(context)
      return canvas.data()
    },
  }
}

export interface RenderedFilm {
  /** A complete MP4. */
  bytes: Uint8Array
  frameCount: number
  timings: {
    /** Parsing the prompt and painting everything static. */
    prepareMs: number
    soundMs: number
    /** Time spent drawing; the encoder runs in parallel. */
    drawMs: number
    /** From the first frame requested to the last byte. */
    encodeMs: number
    totalMs: number
  }
}

/** Progress before the first frame and after the last one. */
const firstFrame = 4
const lastFrame = 97

/** Renders a film in this process: the same bytes for the same request. Throws what the codecs report. */
export async function renderFilm(
  request: LocalRequest,
  report: (state: RenderReport) => void = () => {},
): Promise<RenderedFilm> {
  const begin = performance.now()
  report({ progress: 1, message: message('provider.localPainting') })
  const plan = parsePrompt(request.prompt, request.negativePrompt, request.seed)
  const video = drawFilm(request, plan)
  const prepared = performance.now()
  report({ progress: 3, message: message('provider.localSound') })
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
      message: message('provider.localDrawing', { frame: done, count: video.frameCount }),
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
