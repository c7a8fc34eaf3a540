import {
  type GenerationSettings,
  generateVideoRequestSchema,
} from '#lib/contract/generate-video-request'
import type { ModelView } from '#lib/contract/model-view'
import { AppError } from '../errors.ts'
import { currentModels } from './current-models.ts'

/** A request that can be made right now: every default filled in, and the model it is for. */
export interface GenerationRequest {
  settings: GenerationSettings
  model: ModelView
}

/** A request checked against the catalogue as it is right now. Throws with every faulty field named. */
export async function readGenerationRequest(
  body: unknown,
  now = new Date(),
): Promise<GenerationRequest> {
  const models = await currentModels(now)
  const parsed = generateVideoRequestSchema(models).safeParse(body)
  if (parsed.success) {
    const model = models.find(({ id }) => id === parsed.data.model)!
    return { settings: parsed.data, model }
  }
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: 'There is no such setting.' }))
      : [{ field: issue.path.join('.') || 'body', message: issue.message }],
  )
  const sentence = fields.map(({ field, message }) => `${field}: ${message}`).join(' ')
  throw new AppError('invalid_input', { userMessage: sentence, fields })
}
