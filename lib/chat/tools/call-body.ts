import type { GenerateVideoInput, InsteadOf } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { GenerateImageRequest } from '#lib/contract/request/generate-image-request'
import { message } from '#lib/messages/message'
import { type VideoRow, findImages, findVideo, viewOfVideo } from '../core.ts'
import { chatImages } from '../store/messages.ts'
import { chooseModel, namedModel } from './choose-model.ts'
import { imageBody } from './image-body.ts'
import { requirementsOf } from './model-match.ts'
import { type ToolContext, ToolProblem } from './tool-context.ts'
import type { AskedCall } from './video-step.ts'

/** What a call asks for as the form would have sent it, and what gave way to what the model can do. */
export type CallBody = { insteadOf: InsteadOf } & (
  | { kind: 'video'; body: GenerateVideoRequest }
  | { kind: 'image'; body: GenerateImageRequest }
)

type Context = Pick<ToolContext, 'lease' | 'deps'>

/**
 * What a call asks for, by the model that was named, else by the best one for it. Throws `ToolProblem` where that
 * cannot be.
 */
export async function bodyOfCall(
  context: Context,
  call: AskedCall,
  from: VideoRow | undefined,
): Promise<CallBody> {
  if (call.toolName === 'generateVideo') return videoBody(context, call.input, from)
  const { lease, deps } = context
  for (const id of call.input.references ?? []) await pictureOf(lease, id)
  const models = await deps.models(lease.caller, 'image')
  return { kind: 'image', body: imageBody(models, call.input, from), insteadOf: {} }
}

async function videoBody(
  { lease, deps }: Context,
  input: GenerateVideoInput,
  from: VideoRow | undefined,
): Promise<CallBody> {
  const required = requirementsOf(input, from, await firstFrame(lease, input, from))
  const models = await deps.models(lease.caller)
  const made = input.model
    ? namedModel(models, input.model, required)
    : chooseModel(models, required, from)
  // For a model that does not exist the start has the words.
  if (!made)
    return { kind: 'video', body: { prompt: input.prompt, model: input.model! }, insteadOf: {} }
  const { model, settings, insteadOf } = made
  return { kind: 'video', body: { ...settings, model: model.id }, insteadOf }
}

/** The image a call begins with: the one it names, else that of the video it is a new version of. */
async function firstFrame(
  lease: ToolContext['lease'],
  { image: named }: GenerateVideoInput,
  from: VideoRow | undefined,
) {
  const inherited = from?.settings.inputs?.firstFrame
  const id = named ?? inherited
  if (!id) return undefined
  if (id !== inherited || id.startsWith('file_')) return pictureOf(lease, id)
  const [image] = await findImages(lease.ownerId, [id])
  if (image) return image
  throw new ToolProblem(message('chat.problem.imageGone'))
}

/** A picture of the chat by its id: one that was attached, or a finished image of this user. */
async function pictureOf({ ownerId, chatId }: ToolContext['lease'], id: string) {
  if (!id.startsWith('file_')) {
    const image = (await chatImages(ownerId, chatId)).find((one) => one.id === id)
    if (image) return image
    throw new ToolProblem(message('chat.problem.imageElsewhere'))
  }
  const row = await findVideo(ownerId, id)
  const view = row && viewOfVideo(row)
  if (view?.type !== 'image') throw new ToolProblem(message('chat.problem.imageElsewhere'))
  if (view.status !== 'completed') throw new ToolProblem(message('images.chat.notReady'))
  return view
}
