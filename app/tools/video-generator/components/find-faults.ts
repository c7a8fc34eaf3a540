import type { ModelView } from '#lib/contract/model-view'
import { toRequest, type ComposerValues } from './composer-values.ts'

/** For each faulty field one sentence with its limits and the way out. */
export type FieldFaults = Partial<Record<keyof ComposerValues, string>>

/**
 * Checks the form with the very schema the server uses. The schema is loaded at the first check,
 * so that the first paint does not wait for it.
 */
export async function findFaults(
  values: ComposerValues,
  model: ModelView,
  models: ModelView[],
): Promise<FieldFaults> {
  const { generateVideoRequestSchema } = await import('#lib/contract/generate-video-request')
  const checked = generateVideoRequestSchema(models).safeParse(toRequest(values, model))
  return checked.success ? {} : faultsOf(checked.error.issues)
}

/** The first fault of each field. */
export function faultsOf(issues: { path: readonly PropertyKey[]; message: string }[]): FieldFaults {
  const faults: FieldFaults = {}
  for (const { path, message } of issues) faults[path[0] as keyof ComposerValues] ??= message
  return faults
}
