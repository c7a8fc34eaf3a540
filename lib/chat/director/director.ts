import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Step, plan } from './plan.ts'
import { type DirectorModel, questionMark, readSituation } from './situation.ts'

type StreamResult = Awaited<ReturnType<DirectorModel['doStream']>>
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never
type GenerateResult = Awaited<ReturnType<DirectorModel['doGenerate']>>

/**
 * The assistant of an installation without a key: rules instead of a model, behind the interface of a model. It
 * streams words and tool calls like one, says what it is when asked, and does the same in the same situation.
 */
export function createDirector({ wordDelayMs }: { wordDelayMs: number }): DirectorModel {
  return {
    specificationVersion: 'v4',
    provider: 'photofinish',
    modelId: 'director',
    supportedUrls: {},
    async doGenerate({ prompt }): Promise<GenerateResult> {
      const step = plan(readSituation(prompt))
      const { say, calls } = step
      return {
        content: [
          ...(say ? [{ type: 'text' as const, text: say, ...kept(step) }] : []),
          ...calls.map(({ toolName, input }) => toolCall(toolName, input)),
        ],
        ...ending(calls.length > 0),
        warnings: [],
      }
    },
    async doStream({ prompt, abortSignal }): Promise<StreamResult> {
      const step = plan(readSituation(prompt))
      return { stream: streamOf(partsOf(step, wordDelayMs, abortSignal)) }
    },
  }
}

/** Spoken at the pace of a fast model. */
export const director = createDirector({ wordDelayMs: 12 })

async function* partsOf(
  step: Step,
  wordDelayMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart> {
  const { say, calls } = step
  yield { type: 'stream-start', warnings: [] }
  if (say) {
    yield { type: 'text-start', id: 'words', ...kept(step) }
    for (const delta of say.match(/\S+\s*/gu) ?? []) {
      yield { type: 'text-delta', id: 'words', delta }
      if (wordDelayMs > 0) await sleep(wordDelayMs, undefined, signal && { signal })
    }
    yield { type: 'text-end', id: 'words' }
  }
  for (const { toolName, input } of calls) {
    const whole = toolCall(toolName, input)
    const id = whole.toolCallId
    yield { type: 'tool-input-start', id, toolName }
    yield { type: 'tool-input-delta', id, delta: whole.input }
    yield { type: 'tool-input-end', id }
    yield whole
  }
  yield { type: 'finish', ...ending(calls.length > 0) }
}

function streamOf(parts: AsyncGenerator<StreamPart>) {
  return new ReadableStream<StreamPart>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => void parts.return(undefined),
  })
}

/** What the next answer has to know of these words, kept with them by the chat. */
function kept({ question }: Step) {
  return question && { providerMetadata: { [questionMark]: { question } } }
}

function toolCall(toolName: string, input: object) {
  return {
    type: 'tool-call' as const,
    toolCallId: `call_${randomUUID()}`,
    toolName,
    input: JSON.stringify(input),
  }
}

/** Rules use no tokens. */
function ending(isCalling: boolean): Pick<GenerateResult, 'finishReason' | 'usage'> {
  return {
    finishReason: { unified: isCalling ? 'tool-calls' : 'stop', raw: undefined },
    usage: {
      inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: 0, text: 0, reasoning: 0 },
    },
  }
}
