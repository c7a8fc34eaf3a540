import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One tool call of a scripted reply. `raw` goes out as it is, however malformed. */
export interface ScriptedCall {
  name: string
  arguments?: object
  raw?: string
}

/** What the server does with one request. */
export interface ScriptedReply {
  text?: string
  /** The text in these very pieces. */
  pieces?: string[]
  /** The reason it ends with; that of its kind where none is given. */
  finish?: string
  calls?: ScriptedCall[]
  /** Answers with this status and an error of the upstream kind. */
  status?: number
  /** The code of that error. */
  code?: string
  retryAfterSeconds?: number
  /** Cuts the connection after so many pieces. */
  dieAfterPieces?: number
  /** Pause before every piece. */
  pieceDelayMs?: number
  /** Never says anything until the client leaves. */
  hangs?: boolean
  /** Says so many pieces, and then nothing more until the client leaves. */
  hangsAfterPieces?: number
}

interface ChatBody {
  messages: { role: string; content?: unknown; tool_calls?: unknown[]; tool_call_id?: string }[]
  tools?: { function: { name: string } }[]
  stream?: boolean
}

/** What decides about a reply: a list taken from the front, or a function of the request. */
export type Script = ScriptedReply[] | ((body: ChatBody, request: number) => ScriptedReply)

export interface OpenAiChatServer {
  baseUrl: string
  /** Every request body, in the order they came. */
  requests: ChatBody[]
  /** The keys they came with. */
  keys: (string | undefined)[]
  script: Script
  close(): Promise<void>
}

const secretUpstreamText = 'upstream secret: org-4711 quota exceeded at node 17'

/**
 * A real HTTP server that speaks OpenAI's streaming chat completions: words and tool calls in small pieces, calls in
 * parallel with their pieces interleaved, and every fault a script asks for.
 */
export async function startOpenAiChatServer(script: Script = []): Promise<OpenAiChatServer> {
  const state: Omit<OpenAiChatServer, 'baseUrl' | 'close'> = { requests: [], keys: [], script }
  const server = createServer((request, response) => {
    answer(request, response, state).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: Omit<OpenAiChatServer, 'baseUrl' | 'close'>,
) {
  const body = (await readBody(request)) as ChatBody
  const index = state.requests.push(body) - 1
  state.keys.push(request.headers.authorization)
  const { script } = state
  const reply = (Array.isArray(script) ? script.shift() : script(body, index)) ?? { text: 'Done.' }
  if (reply.status) return refuse(response, reply)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  if (reply.hangs) return
  let sent = 0
  for (const piece of piecesOf(reply, index)) {
    if (reply.dieAfterPieces === sent) {
      // What was written is to arrive first.
      await sleep(20)
      response.destroy()
      return
    }
    if (reply.hangsAfterPieces === sent) return
    if (reply.pieceDelayMs) await sleep(reply.pieceDelayMs)
    response.write(`data: ${JSON.stringify(piece)}\n\n`)
    sent++
  }
  if (reply.dieAfterPieces === undefined) response.end('data: [DONE]\n\n')
  else response.destroy()
}

function refuse(
  response: ServerResponse,
  {
    status,
    code = null,
    retryAfterSeconds,
  }: Omit<ScriptedReply, 'code'> & { code?: string | null },
) {
  response.writeHead(status!, {
    'content-type': 'application/json',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  })
  response.end(JSON.stringify({ error: { message: secretUpstreamText, type: 'error', code } }))
}

function* piecesOf(reply: ScriptedReply, request: number) {
  const { text, pieces = text?.match(/\S+\s*/g) ?? [], calls = [], finish } = reply
  const chunk = (delta: object, finish: string | null = null) => ({
    id: `chatcmpl-${request}`,
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'test-model',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  yield chunk({ role: 'assistant', content: '' })
  for (const piece of pieces) yield chunk({ content: piece })
  const queues = calls.map((call, index) => [...callPieces(call, index, request)])
  while (queues.some((queue) => queue.length > 0))
    for (const queue of queues) {
      const piece = queue.shift()
      if (piece) yield chunk({ tool_calls: [piece] })
    }
  yield chunk({}, finish ?? (calls.length > 0 ? 'tool_calls' : 'stop'))
}

function* callPieces(call: ScriptedCall, index: number, request: number) {
  const whole = call.raw ?? JSON.stringify(call.arguments ?? {})
  const id = `call_${request}_${index}`
  yield { index, id, type: 'function', function: { name: call.name, arguments: '' } }
  for (const piece of whole.match(/[\s\S]{1,7}/g) ?? [])
    yield { index, function: { arguments: piece } }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return JSON.parse(text)
}
