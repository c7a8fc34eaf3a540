import { createMcpHandler } from '@modelcontextprotocol/server'
import { message } from '#lib/messages/message'
import { invalidField } from '../../errors.ts'
import { readJson } from '../../http/read-body.ts'
import { untilOver } from '../../http/streams/held-streams.ts'
import { log } from '../../log.ts'
import { assertStillMay } from '../../people/still-may.ts'
import { withKey } from '../program-caller.ts'
import { mcpServer } from './server.ts'

/**
 * `/api/mcp`: the Model Context Protocol over HTTP, in the form of 2026 and in that of 2025, for an API key. Nothing is
 * kept between two requests: each of them brings its key, and any process may answer it.
 */
export const handleMcp = withKey(async (request, caller) => {
  const body = request.method === 'POST' ? { parsedBody: await readMessage(request) } : {}
  // A body takes as long as its sender likes.
  await assertStillMay(caller)
  const { fetch } = createMcpHandler(() => mcpServer({ request, caller }), {
    // The tools stay as they are: there is nothing to tell on a stream of changes.
    maxSubscriptions: 0,
    onerror: (error) => log().info({ err: error }, 'an MCP request was refused'),
  })
  const answer = await fetch(request, body)
  const headers = new Headers(answer.headers)
  // Kept by no cache, and progress reaches its reader when it is sent.
  headers.set('cache-control', 'private, no-store, no-transform')
  headers.set('x-accel-buffering', 'no')
  const held = answer.body && untilOver(answer.body, { ...caller, sessionId: null })
  return new Response(held, { status: answer.status, headers })
})

/** One message a request: its limits count requests. */
async function readMessage(request: Request) {
  const body = await readJson(request)
  if (Array.isArray(body)) throw invalidField('body', message('errors.sendObject'))
  return body
}
