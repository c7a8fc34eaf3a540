import type { ModelView } from '#lib/contract/model-view'
import { ToolProblem } from './tool-problem.ts'

/** Why something is not made, with the models that would. */
export function cannot(reason: string, able: readonly ModelView[]): ToolProblem {
  const labels = able.map(({ label }) => label).join(', ')
  return new ToolProblem(labels ? `${reason} Models that do: ${labels}.` : reason)
}
