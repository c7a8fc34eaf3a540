import { message } from '#lib/messages/message'
import { type SKRSContext2D, createCanvas } from '@napi-rs/canvas'
import { paletteOf } from '../grammar/palette.ts'
import { parsePrompt } from '../grammar/parse-prompt.ts'
import type { StillRequest } from '../local-operation.ts'
import { createRandom } from '../random.ts'
import { cameraAt } from '../scene/camera.ts'
import { composeScene } from '../scene/compose-scene.ts'
import { createCaption } from '../scene/overlays.ts'
import { createStage } from '../scene/stage.ts'
import type { RenderReport } from '../../process/render-progress.ts'

// The moment of a film that the still shows: a poster's.
const filmSeconds = 5
const shownAt = 2
const jpegQuality = 92
/** A scene is painted in many sheets of its size. A larger one is enlarged from this many pixels. */
const paintedPixelsAtMost = 2048 * 2048

/** Renders a still in this process: the same bytes for the same request. */
export async function renderStill(
  request: StillRequest,
  report: (state: RenderReport) => void = () => {},
): Promise<Uint8Array> {
  report({ progress: 1, message: message('provider.localPainting') })
  const { width, height, imageFormat } = request
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  context.imageSmoothingQuality = 'high'
  context.drawImage(paintScene(request), 0, 0, width, height)
  report({ progress: 70, message: message('provider.localPainting') })
  createCaption(width, height).draw(context)
  return imageFormat === 'png' ? canvas.encode('png') : canvas.encode('jpeg', jpegQuality)
}

function paintScene(request: StillRequest) {
  const { width, height } = paintedSize(request)
  const canvas = createCanvas(width, height)
  drawScene(canvas.getContext('2d', { alpha: false }), request, { width, height })
  return canvas
}

function drawScene(
  context: SKRSContext2D,
  { prompt, negativePrompt, seed }: StillRequest,
  size: { width: number; height: number },
) {
  const plan = parsePrompt(prompt, negativePrompt, seed)
  const palette = paletteOf(plan)
  const stage = createStage({ ...size, durationSeconds: filmSeconds, plan, palette })
  const direction = createRandom(plan.key, 'camera')() < 0.5 ? -1 : 1
  const camera = cameraAt(plan.camera, direction, shownAt, filmSeconds)
  for (const layer of composeScene(stage)) layer.draw(context, { seconds: shownAt, camera })
}

function paintedSize({ width, height }: StillRequest) {
  const scale = Math.min(1, Math.sqrt(paintedPixelsAtMost / (width * height)))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
