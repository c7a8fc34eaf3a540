import { message } from '#lib/messages/message'
import { z } from 'zod'
import type { JsonPath } from '../google/json-scanner.ts'
import { contentFailure, jobFailed } from '../google/veo-result.ts'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult } from '../provider.ts'
import { type GeminiSite, downloadUrl, geminiLabel as label } from './gemini-wire.ts'

/** Ends that cost nothing. */
export const freeEnds: ReadonlySet<string> = new Set(['cancelled', 'failed'])

/** Where an interaction may hold its video in base64. */
export function isVideo(path: JsonPath) {
  const [top, , content] = path
  if (path.at(-1) !== 'data') return false
  if (top === 'output_video') return path.length === 2
  return top === 'steps' && content === 'content' && path.length === 5
}

const videoSchema = z.object({
  type: z.string().optional(),
  data: z.string().optional(),
  uri: z.string().optional(),
})
const stepSchema = z.object({
  type: z.string(),
  content: z.array(videoSchema.catch({})).optional().catch(undefined),
})

export const interactionSchema = z.object({
  status: z.string().catch('unknown'),
  output_video: videoSchema.nullish().catch(undefined),
  steps: z.array(stepSchema).nullish().catch(undefined),
  errors: z.unknown().optional(),
})
type Interaction = z.infer<typeof interactionSchema>

/** What an interaction means. A status that is not known yet counts as pending: the next look may know more. */
export function omniResult(site: GeminiSite, answer: unknown): CheckResult {
  const interaction = interactionSchema.parse(answer)
  const { status, errors } = interaction
  switch (status) {
    case 'completed': {
      const video = videoOf(interaction)
      if (video?.uri) return { status, output: { kind: 'url', url: downloadUrl(site, video.uri) } }
      if (video?.data) return { status, output: { kind: 'fetch' } }
      break
    }
    case 'cancelled':
      return { status: 'failed', error: interactionCanceled() }
    case 'failed':
    case 'incomplete':
    case 'requires_action':
    case 'budget_exceeded':
      break
    default:
      return { status: 'pending' }
  }
  return interactionFailed(status, JSON.stringify(errors ?? []))
}

/** The last video of what the model put out, or the one next to the steps. */
function videoOf({ output_video, steps }: Interaction) {
  const last = (steps ?? [])
    .filter(({ type }) => type === 'model_output')
    .flatMap(({ content }) => content ?? [])
    .findLast(({ type, data, uri }) => type === 'video' && (data || uri))
  return last ?? output_video
}

function interactionFailed(status: string, said: string) {
  const logged = `${status}: ${said}`
  if (status === 'budget_exceeded') return jobFailed(label, logged, 'insufficient_credits')
  return contentFailure(label, said) ?? jobFailed(label, logged)
}

/** Canceled, by us or at the provider. */
function interactionCanceled() {
  return new ProviderError('generation_failed', {
    submitOutcome: 'job_made',
    retryable: false,
    userMessage: message('provider.canceledThere'),
    logMessage: `${label}: the interaction was canceled`,
  })
}
