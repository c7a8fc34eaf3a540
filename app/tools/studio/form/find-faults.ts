import { type Sentence, message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'
import type { Issue, StudioKind } from '../kinds/studio-kind.ts'
import type { ComposerValues } from './composer-values.ts'

/** For each invalid field one sentence with its limits and what to do. */
export type FieldFaults = Partial<Record<keyof ComposerValues | 'inputs', Sentence>>

interface CheckedForm<Request> {
  kind: StudioKind<Request>
  values: ComposerValues
  model: ModelView
  models: ModelView[]
}

/**
 * Validates the form with the server's schema. The schema is loaded with the first check,
 * so that the first paint does not wait for it.
 */
export async function findFaults<Request>(form: CheckedForm<Request>): Promise<FieldFaults> {
  const { kind, values, model, models } = form
  // Where it cannot be loaded, as after an update, the server's own check has to do.
  const issues = await kind.check(kind.toRequest(values, model), models).catch(() => [])
  const faults = faultsOf(issues)
  const unready = unreadyPicture(values)
  return unready ? { ...faults, inputs: unready } : faults
}

function unreadyPicture({ pictures }: ComposerValues) {
  if (pictures.some(({ problem }) => problem !== null)) return message('inputs.uploadFailed')
  if (pictures.some(({ id }) => id === null)) return message('inputs.uploading')
  return null
}

/** The first fault of each field; those of `inputs.firstFrame` and the like belong to `inputs`. */
export function faultsOf(issues: readonly Issue[]): FieldFaults {
  const faults: FieldFaults = {}
  for (const { path, message: says } of issues) faults[fieldOf(path)] ??= says
  return faults
}

function fieldOf([first = '']: readonly PropertyKey[]) {
  return String(first).split('.')[0] as keyof FieldFaults
}
