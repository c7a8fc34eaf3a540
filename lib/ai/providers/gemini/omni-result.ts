import type { Interactions } from '@google/genai'
import type { CheckResult } from '../provider.ts'
import { interactionCanceled, interactionFailed } from './gemini-error.ts'
import { type GeminiSite, downloadUrl } from './gemini-site.ts'

/**
 * What an interaction means. A status that is not known yet counts as pending: the next look may
 * know more.
 */
export function omniResult(site: GeminiSite, interaction: Interactions.Interaction): CheckResult {
  const { status, output_video: video, errors } = interaction
  switch (status) {
    case 'completed':
      if (video?.uri)
        return {
          status: 'completed',
          output: { kind: 'url', url: downloadUrl(site, video.uri) },
        }
      if (video?.data) return { status: 'completed', output: { kind: 'handover' } }
      break
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
  return { status: 'failed', error: interactionFailed(status, JSON.stringify(errors ?? [])) }
}
