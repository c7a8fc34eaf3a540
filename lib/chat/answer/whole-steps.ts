import type { wrapLanguageModel } from 'ai'
import type { ChatMessage } from '#lib/contract/chat'
import { hasFields } from '#lib/contract/problem'
import { isMakePart, isMakeTool } from '#lib/contract/chat-tools'
import { generateImageSchema } from '../tools/generate-image.ts'
import { generateVideoSchema } from '../tools/generate-video.ts'
import type { AskedCall, VideoSteps } from '../tools/video-step.ts'

type Middleware = Extract<
  Parameters<typeof wrapLanguageModel>[0]['middleware'],
  { wrapStream?: unknown }
>
type ModelStream = Awaited<ReturnType<NonNullable<Middleware['wrapStream']>>>['stream']
type ModelPart = ModelStream extends ReadableStream<infer Part> ? Part : never
type ToolCall = Extract<ModelPart, { type: 'tool-call' }>
type Parts = ChatMessage['parts']

/**
 * Holds the calls of a step back until the model has made all of them: only then is it known what they cost together.
 * Each call that starts something tells how many of them its step has, so that a step that was stored in part is known for it.
 */
export function wholeSteps(steps: VideoSteps): Middleware {
  return {
    specificationVersion: 'v4',
    wrapStream: async ({ doStream }) => {
      const { stream, ...rest } = await doStream()
      const calls: ToolCall[] = []
      const whole = new TransformStream<ModelPart, ModelPart>({
        transform(part, controller) {
          if (part.type === 'finish') {
            steps.begin(calls.flatMap((call) => makeCall(call) ?? []))
            for (const call of marked(calls)) controller.enqueue(call)
          }
          if (part.type === 'tool-call') calls.push(part)
          else controller.enqueue(part)
        },
      })
      return { ...rest, stream: stream.pipeThrough(whole) }
    },
  }
}

const schemas = { generateVideo: generateVideoSchema, generateImage: generateImageSchema }

/** A call for a video or an image as the tool will get it; undefined for another one, and for what never reaches the tool. */
function makeCall({ toolCallId, toolName, input }: ToolCall): AskedCall | undefined {
  if (!isMakeTool(toolName)) return undefined
  const { data } = schemas[toolName].safeParse(parsed(input))
  return data && { toolCallId, toolName, input: data }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function marked(calls: readonly ToolCall[]): ToolCall[] {
  const isMade = ({ toolName }: ToolCall) => isMakeTool(toolName)
  const videos = calls.filter(isMade).length
  return calls.map((call) =>
    isMade(call)
      ? { ...call, providerMetadata: { ...call.providerMetadata, photofinish: { videos } } }
      : call,
  )
}

/** Whether a stored step has fewer calls for videos than its model had made: none of them was started. */
export function isStoredInPart(step: Parts) {
  const calls = step.filter(isMakePart).filter(({ state }) => state !== 'input-streaming')
  const asked = calls.map((part) =>
    'callProviderMetadata' in part ? part.callProviderMetadata?.photofinish : undefined,
  )
  return asked.some(
    (one) => hasFields(one, { videos: 'number' }) && Number(one!.videos) > calls.length,
  )
}
