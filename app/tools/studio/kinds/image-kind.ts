import { noInputs } from '#lib/contract/generation-inputs'
import {
  type ImageSize,
  type ModelView,
  type Resolution,
  dimensionsOf,
  isImageSize,
  sizeOfPixels,
} from '#lib/contract/model-view'
import type { GenerateImageRequest } from '#lib/contract/request/generate-image-request'
import { type ComposerValues, commonRequest, initialValues } from '../form/composer-values.ts'
import { inputsOf } from '../form/pictures/inputs.ts'
import type { StudioKind } from './studio-kind.ts'

export const imageKind: StudioKind<GenerateImageRequest> = {
  makes: 'image',
  initial: {
    ...initialValues,
    aspectRatio: '1:1',
    resolution: '1K',
    duration: 0,
    generateAudio: false,
  },
  toRequest(values, model) {
    const { aspectRatio, resolution, imageFormat } = values
    return {
      ...commonRequest(values, model),
      aspectRatio,
      ...(aspectRatio === 'custom' ? sidesOf(values) : { resolution: sizeOf(resolution) }),
      imageFormat,
      inputs: { references: inputsOf(values).references },
    }
  },
  askedOf: (values, model) => ({
    ...commonRequest(values, model),
    aspectRatio: values.aspectRatio,
    ...pixelsOf(values, model),
    imageFormat: values.imageFormat,
    duration: model.defaults.duration,
    generateAudio: false,
    inputs: { ...noInputs, references: inputsOf(values).references },
  }),
  requestOf({ settings, width, height }) {
    const { prompt, promptBefore, model, aspectRatio, resolution, imageFormat } = settings
    const { seed, negativePrompt, inputs, maxUsd } = settings
    return {
      prompt,
      ...(promptBefore && { promptBefore }),
      model,
      aspectRatio,
      ...(aspectRatio === 'custom' ? { width, height } : { resolution: sizeOf(resolution) }),
      ...(imageFormat && { imageFormat }),
      seed,
      negativePrompt,
      inputs: { references: inputs.references },
      maxUsd,
    }
  },
  async check(request, models) {
    const [{ generateImageRequestSchema }, { faultOf }] = await Promise.all([
      import('#lib/contract/request/generate-image-request'),
      import('#lib/contract/generate-video-request'),
    ])
    const { error } = generateImageRequestSchema(models).safeParse(request)
    return (error?.issues ?? []).map((issue) => ({ path: issue.path, message: faultOf(issue) }))
  },
}

function sidesOf({ width, height }: ComposerValues) {
  return { width: Number(width), height: Number(height) }
}

/** A size in pixels costs what the smallest size of the model costs that has as many. */
function pixelsOf(values: ComposerValues, { supports }: ModelView) {
  const { aspectRatio, resolution } = values
  if (aspectRatio !== 'custom') return { resolution, ...dimensionsOf(aspectRatio, resolution) }
  const { width, height } = sidesOf(values)
  return { resolution: sizeOfPixels(width * height, supports.resolutions), width, height }
}

function sizeOf(resolution: Resolution): ImageSize {
  return isImageSize(resolution) ? resolution : '1K'
}
