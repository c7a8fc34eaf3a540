import { type Sentence, message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'
import { type ComposerValues, toRequest } from './composer-values.ts'

/** For each invalid field one sentence with its limits and what to do. */
export type FieldFaults = Partial<Record<keyof ComposerValues | 'inputs', Sentence>>

/**
 * Validates the form with the server's schema. The schema is loaded with the first check,
 * so that the first paint does not wait for it.
 */
export async function findFaults(
  values: ComposerValues,
  model: ModelView,
  models: ModelView[],
): Promise<FieldFaults> {
  const faults = await schemaFaults(values, model, models)
  const unready = unreadyPicture(values)
  return unready ? { ...faults, inputs: unready } : faults
}

async function schemaFaults(values: ComposerValues, model: ModelView, models: ModelView[]) {
  // Where it cannot be loaded, as after an update, the server's own check has to do.
  const schema = await import('#lib/contract/generate-video-request').catch(() => undefined)
  const checked = schema?.generateVideoRequestSchema(models).safeParse(toRequest(values, model))
  if (!schema || !checked?.error) return {}
  return faultsOf(
    checked.error.issues.map((issue) => ({ path: issue.path, message: schema.faultOf(issue) })),
  )
}

function unreadyPicture({ pictures }: ComposerValues) {
  if (pictures.some(({ problem }) => problem !== null)) return message('inputs.uploadFailed')
  if (pictures.some(({ id }) => id === null)) return message('inputs.uploading')
  return null
}

/** The first fault of each field; those of `inputs.firstFrame` and the like belong to `inputs`. */
export function faultsOf(
  issues: { path: readonly PropertyKey[]; message: Sentence }[],
): FieldFaults {
  const faults: FieldFaults = {}
  for (const { path, message: says } of issues) faults[fieldOf(path)] ??= says
  return faults
}

function fieldOf([first = '']: readonly PropertyKey[]) {
  return String(first).split('.')[0] as keyof FieldFaults
}
