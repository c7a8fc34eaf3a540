import { tool } from 'ai'
import { asOwnerOfNow } from '../store/answer-lease.ts'
import { generateImageSchema } from './generate-image.ts'
import { generateVideoSchema } from './generate-video.ts'
import { startCall } from './start-call.ts'
import { type ToolContext, asToolProblem } from './tool-context.ts'
import type { AskedCall } from './video-step.ts'
import { cancelVideo, listVideos, listVideosSchema, oneVideoSchema, showVideo } from './videos.ts'

/** The tools of one answer. Every call counts against the answer's limit, and fails with a plain sentence only. */
export function chatTools(context: ToolContext) {
  const { lease } = context
  const told = async <T>(toolCallId: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      const problem = asToolProblem(error, context.locale)
      context.problems.calls.set(toolCallId, problem)
      throw problem
    }
  }
  const guarded = <T>(toolCallId: string, work: () => Promise<T>) =>
    told(toolCallId, () => {
      context.countCalls(1)
      return asOwnerOfNow(lease, work)
    })
  // Those of a step are counted together.
  const start = (call: AskedCall) => told(call.toolCallId, () => startCall(context, call))
  return {
    generateVideo: tool({
      description:
        'Starts a video, or with fromFileId a new version of one. It answers at once; the user sees the video grow in a card, so never wait for it and never print a link.',
      inputSchema: generateVideoSchema,
      execute: (input, { toolCallId }) => start({ toolCallId, toolName: 'generateVideo', input }),
    }),
    generateImage: tool({
      description:
        'Starts an image (a picture, a drawing, a photo), or with fromFileId a new version of one. It answers at once; the user sees it develop in a card.',
      inputSchema: generateImageSchema,
      execute: (input, { toolCallId }) => start({ toolCallId, toolName: 'generateImage', input }),
    }),
    listVideos: tool({
      description:
        'The videos and images of this chat (numbered in order of appearance) or of the whole library: kind, prompt, seconds, format, state, cost. Look here before you speak of one or change one.',
      inputSchema: listVideosSchema,
      execute: (input, { toolCallId }) => guarded(toolCallId, () => listVideos(context, input)),
    }),
    showVideo: tool({
      description: 'Puts a video before the user once more, as a card.',
      inputSchema: oneVideoSchema,
      execute: ({ fileId }, { toolCallId }) =>
        guarded(toolCallId, () => showVideo(context, fileId)),
    }),
    cancelVideo: tool({
      description: 'Stops a video that is not finished. Only when the user asks for it.',
      inputSchema: oneVideoSchema,
      execute: ({ fileId }, { toolCallId }) =>
        guarded(toolCallId, () => cancelVideo(context, fileId)),
    }),
  }
}
