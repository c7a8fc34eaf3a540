import { tool } from 'ai'
import { asOwnerOfNow } from '../store/answer-lease.ts'
import { generateVideo, generateVideoSchema } from './generate-video.ts'
import { type ToolContext, asToolProblem } from './tool-context.ts'
import { cancelVideo, listVideos, listVideosSchema, oneVideoSchema, showVideo } from './videos.ts'

/** The tools of one answer. Every call counts against the answer's limit, and fails with a plain sentence only. */
export function chatTools(context: ToolContext) {
  const { lease } = context
  const guarded = async <T>(toolCallId: string, work: () => Promise<T>): Promise<T> => {
    try {
      context.countCall()
      return await work()
    } catch (error) {
      const problem = asToolProblem(error, context.locale)
      context.problems.calls.set(toolCallId, problem.sentence)
      throw problem
    }
  }
  return {
    generateVideo: tool({
      description:
        'Starts a video, or with fromFileId a new version of one. It answers at once; the user sees the video grow in a card, so never wait for it and never print a link.',
      inputSchema: generateVideoSchema,
      execute: (input, { toolCallId }) =>
        guarded(toolCallId, () => generateVideo(context, input, toolCallId)),
    }),
    listVideos: tool({
      description:
        'The videos of this chat (numbered in order of appearance) or of the whole library: prompt, seconds, format, state, cost. Look here before you speak of a video or change one.',
      inputSchema: listVideosSchema,
      execute: (input, { toolCallId }) =>
        guarded(toolCallId, () => asOwnerOfNow(lease, () => listVideos(context, input))),
    }),
    showVideo: tool({
      description: 'Puts a video before the user once more, as a card.',
      inputSchema: oneVideoSchema,
      execute: ({ fileId }, { toolCallId }) =>
        guarded(toolCallId, () => asOwnerOfNow(lease, () => showVideo(context, fileId))),
    }),
    cancelVideo: tool({
      description: 'Stops a video that is not finished. Only when the user asks for it.',
      inputSchema: oneVideoSchema,
      execute: ({ fileId }, { toolCallId }) =>
        guarded(toolCallId, () => asOwnerOfNow(lease, () => cancelVideo(context, fileId))),
    }),
  }
}
