import { createCanvas } from '@napi-rs/canvas'
import type { LocalRequest } from '../local-operation.ts'
import { paletteOf } from '../grammar/palette.ts'
import type { ScenePlan } from '../grammar/scene-plan.ts'
import { createRandom } from '../random.ts'
import { cameraAt } from '../scene/camera.ts'
import { createCaption } from '../scene/caption.ts'
import { composeScene } from '../scene/compose-scene.ts'
import { createStage } from '../scene/stage.ts'
import type { FrameSource } from './encode-video.ts'

export const framesPerSecond = 30

/** The frames of a film. Sets up all its layers at once; after that a frame is cheap, and drawn in any order. */
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
