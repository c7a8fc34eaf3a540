import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { bodyHash } from '../files/idempotency-key.ts'

// What is not asked for is filled in by the model; which model that is where none is named, hangs on the moment.
const ofTheModel = new Set(['model', 'aspectRatio', 'duration', 'resolution', 'generateAudio'])

/**
 * A hash over what a request asks for, the same at any moment: it does not change with the model that serves those
 * who name none.
 *
 * @param body as it came in, and passed the checks.
 * @param settings the same with every default filled in.
 */
export function hashOfBody(body: unknown, settings: GenerationSettings) {
  const asked = body as Partial<GenerationSettings>
  if (asked.model !== undefined) return bodyHash(settings)
  const isAsked = (name: string) => !ofTheModel.has(name) || name in asked
  return bodyHash(Object.fromEntries(Object.entries(settings).filter(([name]) => isAsked(name))))
}
