import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { isNothing, type Problem, ProblemError, readAnswer } from '#lib/contract/problem'
import { type MessageRef } from '#lib/messages/message'

const timeoutMs = 20_000

/** A request about accounts, with its body as JSON. */
function send(method: string, path: string, body?: object, headers?: Record<string, string>) {
  return callApi(withBasePath(path), {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(timeoutMs),
  })
}

/** Asks for something. Rejects with `ProblemError`, whose detail says what to do. */
export async function ask<T>(
  method: string,
  path: string,
  isExpected: (body: unknown) => body is T,
  body?: object,
  headers?: Record<string, string>,
): Promise<T> {
  return readAnswer(await send(method, path, body, headers), isExpected)
}

/** Has something done whose answer tells no more than that it was. Rejects with `ProblemError`. */
export async function act(method: string, path: string, body?: object) {
  const response = await send(method, path, body)
  if (!response.ok) await readAnswer(response, isNothing)
}

/** Asks an endpoint of the sign-in. Rejects with `ProblemError`. */
export async function askAuth(method: string, path: string, body?: object): Promise<unknown> {
  return ask(method, `/api/auth/${path}`, isAnything, body)
}

function isAnything(_body: unknown): _body is unknown {
  return true
}

/** What the browser itself did not do, told as a refusal of the server is. */
export function refusedHere(detail: MessageRef): ProblemError {
  const problem: Problem = {
    type: 'about:blank',
    title: 'not done',
    status: 0,
    detail,
    code: 'not_possible_now',
    retryable: true,
    traceId: '',
  }
  return new ProblemError(problem)
}
