import type { GenerateVideoInput, InsteadOf } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { FileRow } from '../../generations/row.ts'
import { findOwnedImages } from '../../assets/assets.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { chatImages } from '../store/chat-images.ts'
import { chooseFit } from './choose-fit.ts'
import { namedFit } from './named-fit.ts'
import type { ToolContext } from './tool-context.ts'
import { ToolProblem } from './tool-problem.ts'
import { wishOf } from './wish.ts'

interface CallBody {
  body: GenerateVideoRequest
  /** What gave way to what the model can do. */
  insteadOf: InsteadOf
}

/**
 * What a call asks for as the form would have sent it, by the model that was named, else by the best one for it.
 * Throws `ToolProblem` where that cannot be.
 */
export async function bodyOfCall(
  { lease, deps }: ToolContext,
  input: GenerateVideoInput,
  from: FileRow | undefined,
): Promise<CallBody> {
  const wish = wishOf(input, from, await firstFrame(lease, input, from))
  const models = await deps.models()
  const made = input.model ? namedFit(models, input.model, wish) : chooseFit(models, wish, from)
  // The start has the words for a model there is not.
  if (!made) return { body: { prompt: input.prompt, model: input.model! }, insteadOf: {} }
  const { model, settings, insteadOf } = made
  return { body: { ...settings, model: model.id }, insteadOf }
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
