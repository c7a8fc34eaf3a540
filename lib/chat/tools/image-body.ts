import { type GenerateImageInput, chatRatios } from '#lib/contract/chat-tools'
import { rankRoutes } from '#lib/contract/choose-route'
import { noInputs } from '#lib/contract/generation-inputs'
import {
  type AspectRatio,
  type ImageSize,
  type ModelView,
  dimensionsOf,
  imageSizes,
  isImageSize,
} from '#lib/contract/model-view'
import type { GenerateImageRequest } from '#lib/contract/request/generate-image-request'
import { searchable } from '#lib/contract/text/searchable'
import { message } from '#lib/messages/message'
import type { VideoRow } from '../core.ts'
import { ToolProblem } from './tool-context.ts'

/** What a call for an image asks for, whatever model will make it. */
interface Required {
  prompt: string
  aspectRatio: AspectRatio | undefined
  size: ImageSize | undefined
  seed: number | null
  negativePrompt: string | null
  references: string[]
}

/**
 * A call for an image as the form would have sent it: with the model it names, else that of the image before, where it
 * can, else the cheapest; the demo renderer is the last resort. Throws `ToolProblem` where no model can.
 */
export function imageBody(
  models: readonly ModelView[],
  input: GenerateImageInput,
  from: VideoRow | undefined,
): GenerateImageRequest {
  const required = requiredOf(input, from)
  const named = input.model ? modelNamed(models, input.model) : undefined
  // For a model that does not exist, or cannot, the start has the words.
  if (input.model) return bodyFor(required, named, input.model)
  const usable = models.filter(({ isEnabled, state }) => isEnabled && state !== 'retired')
  const able = usable.flatMap((model) => {
    const usd = priceAt(model, required)
    return usd === undefined ? [] : [{ model, usd }]
  })
  const kept = able.find(({ model }) => model.id === from?.model)
  const rank = ({ model, usd }: (typeof able)[number]) => Number(model.isDemo) * 1e6 + usd
  const best = kept ?? able.toSorted((a, b) => rank(a) - rank(b))[0]
  if (best) return bodyFor(required, best.model, best.model.id)
  throw new ToolProblem(
    message(required.references.length > 0 ? 'images.chat.noReferences' : 'images.chat.noModel'),
  )
}

/** A new version takes over what is not said, and gets a new seed. */
function requiredOf(input: GenerateImageInput, from: VideoRow | undefined): Required {
  const before = from?.kind === 'image' ? from.settings : undefined
  const { aspectRatio: ratio, resolution } = before ?? {}
  return {
    prompt: input.prompt,
    aspectRatio: input.aspectRatio
      ? chatRatios[input.aspectRatio]
      : ratio === 'custom'
        ? undefined
        : ratio,
    size: input.size ?? (resolution && isImageSize(resolution) ? resolution : undefined),
    seed: input.seed ?? null,
    negativePrompt: before?.negativePrompt ?? null,
    references: input.references ?? before?.inputs?.references ?? [],
  }
}

function modelNamed(models: readonly ModelView[], name: string) {
  return (
    models.find(({ id }) => id === name) ??
    models.find(({ label }) => searchable(label) === searchable(name))
  )
}

function bodyFor(
  required: Required,
  model: ModelView | undefined,
  name: string,
): GenerateImageRequest {
  const { references, aspectRatio, size, negativePrompt, ...rest } = required
  return {
    ...rest,
    model: model?.id ?? name,
    ...(aspectRatio && { aspectRatio }),
    ...(size && { resolution: model ? nearestSize(model, size) : size }),
    ...(model?.supports.negativePrompt && { negativePrompt }),
    ...(references.length > 0 && { inputs: { references } }),
  }
}

/** What a model would charge for it; undefined where it cannot make it. The size gives way to what it has. */
function priceAt(model: ModelView, required: Required) {
  const { defaults, supports } = model
  const aspectRatio = required.aspectRatio ?? defaults.aspectRatio
  const resolution = nearestSize(model, required.size ?? (defaults.resolution as ImageSize))
  const wishes = {
    ...dimensionsOf(aspectRatio, resolution),
    prompt: required.prompt,
    aspectRatio,
    resolution,
    duration: defaults.duration,
    seed: required.seed,
    negativePrompt: supports.negativePrompt ? required.negativePrompt : null,
    generateAudio: false,
    inputs: { ...noInputs, references: required.references },
    maxUsd: null,
  }
  return rankRoutes(model.routes, wishes)[0]?.usd
}

function nearestSize({ supports }: ModelView, size: ImageSize): ImageSize {
  const offered = imageSizes.filter((one) => supports.resolutions.includes(one))
  const distance = (one: ImageSize) => Math.abs(imageSizes.indexOf(one) - imageSizes.indexOf(size))
  return offered.toSorted((a, b) => distance(a) - distance(b))[0] ?? size
}
