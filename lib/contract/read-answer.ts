import { type Problem, isProblem } from './problem.ts'

/** An answer that was no success, as the server explained it, or as well as it can be told without its help. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/**
 * The body of a successful answer, where it is what was expected. Throws `ProblemError` for every other answer, also
 * for a 200 that is not ours (the login page of a café's network, say).
 */
export async function readAnswer<T>(
  response: Response,
  isExpected: (body: unknown) => body is T,
): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isExpected(body)) return body
  throw new ProblemError(!response.ok && isProblem(body) ? body : unexplained(response.status))
}

/** A request that got no answer at all: network lost, server restarting, or too slow. */
export function networkProblem(): Problem {
  return {
    ...unexplained(0),
    title: 'no connection',
    detail: 'The server cannot be reached. Check your connection; nothing is lost.',
  }
}

function unexplained(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'unexpected answer',
    status,
    detail: 'The server gave an answer that cannot be understood. Try again in a moment.',
    code: 'service_unavailable',
    retryable: true,
    traceId: '',
  }
}
