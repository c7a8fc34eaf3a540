import {
  type GenerationSettings,
  generateVideoRequestSchema,
} from '#lib/contract/generate-video-request'
import { modelViews } from '../ai/models/model-views.ts'
import { reasonProviderIsOff } from '../ai/providers/index.ts'
import { AppError } from '../errors.ts'

/** A request checked against the catalogue, with every default filled in. Throws with every faulty field named. */
export function readGenerationRequest(body: unknown): GenerationSettings {
  const parsed = generateVideoRequestSchema(modelViews(reasonProviderIsOff)).safeParse(body)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: 'There is no such setting.' }))
      : [{ field: issue.path.join('.') || 'body', message: issue.message }],
  )
  const sentence = fields.map(({ field, message }) => `${field}: ${message}`).join(' ')
  throw new AppError('invalid_input', { userMessage: sentence, fields })
}
