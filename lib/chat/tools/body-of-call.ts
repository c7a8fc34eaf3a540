import type { GenerateVideoInput } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { FileRow } from '../../files/file-row.ts'
import { findOwnedImages } from '../../files/images.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { chatImages } from '../store/chat-images.ts'
import { generationBody } from './generation-body.ts'
import { modelForImage } from './model-for-image.ts'
import { nearestRatio } from './nearest-ratio.ts'
import type { ToolContext } from './tool-context.ts'
import { ToolProblem } from './tool-problem.ts'

/**
 * What a call asks for as the form would have sent it. Where it begins with an image, its model is one that takes
 * one, and its format the image's own unless another was said. Throws `ToolProblem` where that cannot be.
 */
export async function bodyOfCall(
  { lease, deps }: ToolContext,
  input: GenerateVideoInput,
  from: FileRow | undefined,
): Promise<GenerateVideoRequest> {
  const image = await firstFrame(lease, input, from)
  if (!image) return generationBody(input, from)
  const model = modelForImage(await deps.models(), input, from?.model)
  // Where the model was picked for the image, the lengths and sizes of the one before say nothing.
  const base = input.model || model.id === from?.model ? from : undefined
  const body = generationBody(input, base)
  return {
    ...body,
    model: model.id,
    aspectRatio: body.aspectRatio ?? nearestRatio(model.supports.aspectRatios, image),
    inputs: (!input.image && body.inputs) || { firstFrame: image.id },
  }
}

/** The image a call begins with: the one it names, else that of the video it is a new version of. */
async function firstFrame(
  { userId, chatId }: AnswerLease,
  { image: named }: GenerateVideoInput,
  from: FileRow | undefined,
) {
  const inherited = from?.inputs?.firstFrame
  const id = named ?? inherited
  if (!id) return undefined
  if (id === inherited) {
    const [image] = await findOwnedImages(userId, [id])
    if (image) return image
    throw new ToolProblem('The image this video begins with is not there any more.')
  }
  const image = (await chatImages(userId, chatId)).find((one) => one.id === id)
  if (image) return image
  throw new ToolProblem('This image is not in this chat. Attach it to a message, then ask again.')
}
