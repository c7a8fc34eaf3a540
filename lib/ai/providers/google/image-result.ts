import { message } from '#lib/messages/message'
import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult } from '../provider.ts'
import { saysFree } from '../refusal-words.ts'
import type { JsonPath } from './json-scanner.ts'
import { contentFailed } from './veo-result.ts'

/** Where an answer of `generateContent` may hold an image in base64. */
export function isImage(path: JsonPath) {
  const [candidates, , content, parts, , inlineData, data] = path
  const isThere = candidates === 'candidates' && content === 'content' && parts === 'parts'
  const isInline = inlineData === 'inlineData' || inlineData === 'inline_data'
  return isThere && isInline && data === 'data' && path.length === 7
}

const inline = z.object({ data: z.string().optional() }).optional().catch(undefined)

// Servers that speak as Google does may name it as its other clients do.
const partSchema = z
  .object({
    thought: z.boolean().optional().catch(undefined),
    inlineData: inline,
    inline_data: inline,
  })
  .catch({})
const candidateSchema = z.object({
  content: z
    .object({ parts: z.array(partSchema).catch([]) })
    .optional()
    .catch(undefined),
  finishReason: z.string().optional().catch(undefined),
  finishMessage: z.string().optional().catch(undefined),
})
const answerSchema = z
  .object({
    candidates: z.array(candidateSchema).optional(),
    promptFeedback: z
      .object({ blockReason: z.string().optional(), blockReasonMessage: z.string().optional() })
      .optional()
      .catch(undefined),
    responseId: z.string().min(1).max(200).optional().catch(undefined),
  })
  .refine(({ candidates, promptFeedback }) => candidates ?? promptFeedback)

/** What an answer of `generateContent` comes to: an image, or why there is none. */
export const imageAnswerSchema = z.object({
  hasImage: z.boolean(),
  /** The prompt itself was refused. */
  isBlocked: z.boolean(),
  reason: z.string(),
  said: z.string(),
  responseId: z.string().optional(),
})
export type ImageAnswer = z.infer<typeof imageAnswerSchema>

const longestSaid = 500

/** Reads an answer, its images marked; undefined where it is none of `generateContent`. */
export function readImageAnswer(answer: unknown): ImageAnswer | undefined {
  const { data } = answerSchema.safeParse(answer)
  if (!data) return undefined
  const { candidates = [], promptFeedback, responseId } = data
  const [candidate] = candidates
  const last = candidate?.content?.parts.findLast(
    ({ inlineData, inline_data }) => inlineData?.data ?? inline_data?.data,
  )
  const blockReason = promptFeedback?.blockReason
  return {
    // A picture of the model's thoughts is none that was asked for.
    hasImage: last !== undefined && last.thought !== true,
    isBlocked: blockReason !== undefined,
    reason: (blockReason ?? candidate?.finishReason ?? 'NOTHING').slice(0, 100),
    said: (promptFeedback?.blockReasonMessage ?? candidate?.finishMessage ?? '').slice(
      0,
      longestSaid,
    ),
    ...(responseId && { responseId }),
  }
}

const contentReasons =
  /^(?:IMAGE_)?(?:SAFETY|PROHIBITED_CONTENT|RECITATION)$|^(?:BLOCKLIST|SPII|NO_IMAGE)$/

/** What an answer means for its job. Of a refusal only Google's own word makes it free. */
export function imageResult(label: string, answer: ImageAnswer, path: string): CheckResult {
  const { hasImage, isBlocked, reason, said } = answer
  if (hasImage) return { status: 'completed', output: { kind: 'path', path } }
  if (isBlocked || contentReasons.test(reason))
    return contentFailed(label, `${reason}: ${said}`, sentenceOf(label, answer))
  return {
    status: 'failed',
    error: noImage(label, answer),
    ...(saysFree(said) && { costMicros: 0 }),
  }
}

/** The model answered in words alone, or came to no end. */
function noImage(label: string, { reason, said }: ImageAnswer) {
  const isInWords = reason === 'STOP'
  return new ProviderError('generation_failed', {
    submitOutcome: 'job_made',
    retryable: !isInWords,
    userMessage: message(isInWords ? 'provider.noImage' : 'provider.imageFailed', {
      provider: label,
    }),
    logMessage: `${label}: no image: ${reason}: ${said}`,
  })
}

function sentenceOf(label: string, { isBlocked, reason }: ImageAnswer) {
  const provider = { provider: label }
  if (isBlocked) return message('provider.policyPrompt', provider)
  if (reason === 'NO_IMAGE') return message('provider.noImage', provider)
  if (reason.endsWith('RECITATION')) return message('provider.policyBrand', provider)
  return message('provider.imageWithheld', provider)
}
