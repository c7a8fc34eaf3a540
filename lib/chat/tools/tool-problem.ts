import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'

/** Why a tool could not do it, as a plain sentence: for the user and the model alike, and nothing else for either. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem'
}

const unknownProblem = 'That did not work on our side. Try again; your videos are safe.'

/** Any error of a tool as such a sentence; what is no `AppError` is logged and not told. */
export function asToolProblem(error: unknown): ToolProblem {
  if (error instanceof ToolProblem) return error
  if (error instanceof AppError) return new ToolProblem(error.userMessage)
  log().error({ err: error }, 'a tool of the chat failed')
  return new ToolProblem(unknownProblem)
}
