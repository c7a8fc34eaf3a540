import { serverNow } from '#lib/contract/answer-headers'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import {
  type ChatSummary,
  type ChatView,
  isChatSummary,
  isChatView,
  type NewVersionRequest,
} from '#lib/contract/chat'
import {
  assertDeleted,
  isNothing,
  type Problem,
  ProblemError,
  readAnswer,
} from '#lib/contract/problem'
import { type VideoGenerationResult, isVideoGenerationResult } from '#lib/contract/file-view'

const timeoutMs = 20_000

/** A chat with everything in it. Rejects with `ProblemError`. */
export async function readChat(chatId: string): Promise<ChatView> {
  return readAnswer(await send('GET', chatId), isChatView)
}

export async function renameChat(chatId: string, title: string): Promise<ChatSummary> {
  return readAnswer(await send('PATCH', chatId, { body: { title } }), isChatSummary)
}

/** Deletes a chat. One that is gone already is no error. */
export async function deleteChat(chatId: string) {
  await assertDeleted(await send('DELETE', chatId))
}

/** Has the server stop writing the answer. Closing the stream would not: the answer goes on. */
export async function stopAnswer(chatId: string) {
  const response = await send('POST', `${chatId}/stop`)
  if (!response.ok) await readAnswer(response, isNothing)
}

/** Makes a new version of a video of this chat. Calling again with the same key is always safe. */
export async function makeVersion(
  chatId: string,
  body: NewVersionRequest,
  idempotencyKey: string,
): Promise<VideoGenerationResult> {
  const headers = { 'idempotency-key': idempotencyKey }
  return readAnswer(
    await send('POST', `${chatId}/videos`, { body, headers }),
    isVideoGenerationResult,
  )
}

interface SendOptions {
  body?: object
  headers?: Record<string, string>
}

function send(method: string, path: string, { body, headers }: SendOptions = {}) {
  return callApi(withBasePath(`/api/chat/${path}`), {
    method,
    headers: body ? { 'content-type': 'application/json', ...headers } : { ...headers },
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(timeoutMs),
  })
}

/** A message that was not answered, and when it may be sent again. */
export class ChatRefusal extends ProblemError {
  /** The server's time from which on it may be tried again; undefined where the server named no time. */
  readonly retryAtMs: number | undefined

  constructor(problem: Problem, retryAfterSeconds = 0, nowMs = serverNow()) {
    super(problem)
    this.retryAtMs = retryAfterSeconds > 0 ? nowMs + retryAfterSeconds * 1000 : undefined
  }
}
