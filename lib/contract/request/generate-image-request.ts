import * as z from 'zod/mini'
import { message } from '#lib/messages/message'
import { fitsSize } from '../choose-route.ts'
import type { GenerationSettings } from '../generate-video-request.ts'
import { noInputs } from '../generation-inputs.ts'
import {
  type AspectRatio,
  type ImageFormat,
  type ModelView,
  dimensionsOf,
  imageFormats,
  imageRatios,
  imageSizes,
  sizeOfPixels,
} from '../model-view.ts'
import {
  type Faults,
  commonFaults,
  commonSettings,
  formatFaults,
  imageId,
  key,
  readWith,
  requestFields,
  sayOf,
} from './request-fields.ts'

/** The most pictures an image can be made from; a model may take fewer. */
export const imageReferencesAtMost = 14

const pixels = z.int({ error: key('request.pixels') }).check(z.minimum(1, key('request.pixels')))

/** The fields of a request for an image, before its model has had a look at them. */
export const imageRequestSchema = z.strictObject(
  {
    ...requestFields,
    aspectRatio: z.optional(z.enum(imageRatios, { error: key('request.chooseOf') })),
    /** Left out where width and height are given. */
    resolution: z.optional(z.enum(imageSizes, { error: key('request.chooseOf') })),
    /** Pixels, both or neither, in place of a ratio of the model; the ratio is `custom` then. */
    width: z.optional(pixels),
    height: z.optional(pixels),
    imageFormat: z.optional(z.enum(imageFormats, { error: key('request.chooseOf') })),
    inputs: z.optional(
      z.strictObject({
        /** Pictures to take likenesses from, or to change by the words of the prompt. */
        references: z.optional(
          z
            .array(imageId)
            .check(z.maxLength(imageReferencesAtMost, key('request.imageReferences'))),
        ),
      }),
    ),
  },
  { error: key('errors.sendObject') },
)

/** An image as a user asks for it; everything but the prompt has a default from the model. */
export type GenerateImageRequest = z.input<typeof imageRequestSchema>
type Asked = z.output<typeof imageRequestSchema>

/** The same with every default filled in. Of what only a video has it says that there is none. */
export interface ImageSettings extends GenerationSettings {
  width: number
  height: number
  imageFormat: ImageFormat
}

/** Of an image, what `generateVideoRequestSchema` is of a video. */
export function generateImageRequestSchema(models: ModelView[]) {
  return z.pipe(imageRequestSchema, readWith(models, { settingsOf, modelFaults }))
}

function settingsOf(request: Asked, model: ModelView): ImageSettings {
  const { supports, defaults } = model
  return {
    ...commonSettings(request, model),
    ...formatOf(request, model),
    duration: defaults.duration,
    generateAudio: false,
    imageFormat: request.imageFormat ?? supports.imageFormats[0] ?? 'png',
    inputs: { ...noInputs, references: request.inputs?.references ?? [] },
  }
}

/** A size in pixels counts as the smallest size of the model that has as many: that is what it costs. */
function formatOf(request: Asked, { supports, defaults }: ModelView) {
  const { width, height } = request
  if (width !== undefined && height !== undefined) {
    const resolution = sizeOfPixels(width * height, supports.resolutions)
    return { aspectRatio: 'custom' as AspectRatio, resolution, width, height }
  }
  const aspectRatio = request.aspectRatio ?? defaults.aspectRatio
  const resolution = request.resolution ?? defaults.resolution
  return { aspectRatio, resolution, ...dimensionsOf(aspectRatio, resolution) }
}

function* modelFaults(request: Asked, { inputs }: ImageSettings, model: ModelView): Faults {
  const { supports } = model
  const says = sayOf(model)
  const { aspectRatio, resolution } = request
  yield* formatFaults(aspectRatio === 'custom' ? { resolution } : request, model)
  yield* sizeFaults(request, model)
  if (request.imageFormat && !supports.imageFormats.includes(request.imageFormat))
    yield ['imageFormat', says('modelMakes', { options: supports.imageFormats.join(', ') })]
  yield* commonFaults(request, model)
  if (inputs.references.length > supports.maxReferences)
    yield ['inputs.references', says('referencesAtMost', { count: supports.maxReferences })]
}

/** A width and a height belong together, and to no ratio but `custom`. */
function* sizeFaults({ width, height, aspectRatio, resolution }: Asked, model: ModelView): Faults {
  const { customSize } = model.supports
  const isSized = width !== undefined || height !== undefined
  if (!isSized && aspectRatio !== 'custom') return
  if (!customSize) yield [isSized ? 'width' : 'aspectRatio', sayOf(model)('noCustomSize')]
  else if (width === undefined || height === undefined)
    yield [width === undefined ? 'width' : 'height', message('request.bothSides')]
  else {
    if (aspectRatio && aspectRatio !== 'custom')
      yield ['aspectRatio', message('request.ratioOrPixels')]
    if (resolution) yield ['resolution', message('request.sizeOrPixels')]
    for (const [field, side] of Object.entries({ width, height }))
      if (!fitsSize(side, customSize)) yield [field, sayOf(model)('sideRange', { ...customSize })]
  }
}
