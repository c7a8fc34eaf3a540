import { InvalidToolInputError, NoSuchToolError } from 'ai'
import { log } from '../../log.ts'
import { ToolProblem } from '../tools/tool-problem.ts'

/** What the user reads where an answer or one of its tools fails: a plain sentence, never a text from upstream. */
export function errorSentence(error: unknown): string {
  if (error instanceof ToolProblem) return error.message
  if (InvalidToolInputError.isInstance(error) || NoSuchToolError.isInstance(error))
    return 'The assistant asked for something in a way that cannot be carried out.'
  const status = statusOf(error)
  log().warn({ err: error, status }, 'an answer broke off')
  if (status === 401 || status === 403)
    return 'The assistant refuses our key. Whoever runs this service has to look after it.'
  if (status === 429)
    return 'The assistant is asked too much right now. Wait a minute, then try again.'
  return 'The assistant broke off. Nothing is lost; try again in a moment.'
}

/** The HTTP status behind an error, also where it was tried more than once. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode
  return statusOf('lastError' in error ? error.lastError : error.cause)
}
