import type { GenerateVideoInput, InsteadOf } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { message } from '#lib/messages/message'
import { type VideoRow, findImages } from '../core.ts'
import { chatImages } from '../store/messages.ts'
import { chooseModel, namedModel } from './choose-model.ts'
import { requirementsOf } from './model-match.ts'
import { type ToolContext, ToolProblem } from './tool-context.ts'

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
  { lease, deps }: Pick<ToolContext, 'lease' | 'deps'>,
  input: GenerateVideoInput,
  from: VideoRow | undefined,
): Promise<CallBody> {
  const required = requirementsOf(input, from, await firstFrame(lease, input, from))
  const models = await deps.models(lease.caller)
  const made = input.model
    ? namedModel(models, input.model, required)
    : chooseModel(models, required, from)
  // For a model that does not exist the start has the words.
  if (!made) return { body: { prompt: input.prompt, model: input.model! }, insteadOf: {} }
  const { model, settings, insteadOf } = made
  return { body: { ...settings, model: model.id }, insteadOf }
}

/** The image a call begins with: the one it names, else that of the video it is a new version of. */
async function firstFrame(
  { ownerId, chatId }: ToolContext['lease'],
  { image: named }: GenerateVideoInput,
  from: VideoRow | undefined,
) {
  const inherited = from?.settings.inputs?.firstFrame
  const id = named ?? inherited
  if (!id) return undefined
  if (id === inherited) {
    const [image] = await findImages(ownerId, [id])
    if (image) return image
    throw new ToolProblem(message('chat.problem.imageGone'))
  }
  const image = (await chatImages(ownerId, chatId)).find((one) => one.id === id)
  if (image) return image
  throw new ToolProblem(message('chat.problem.imageElsewhere'))
}
