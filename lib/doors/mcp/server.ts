import {
  type CallToolResult,
  McpServer,
  type ServerContext,
  type StandardSchemaWithJSON,
} from '@modelcontextprotocol/server'
import type { z } from 'zod'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { refusal } from './answers.ts'
import type { Asked, Call, Tool } from './tool.ts'
import { tools } from './tools.ts'

const instructions = `Makes videos with AI models. Look at list_models and estimate first; generate_video spends the \
account's money, starts at once and returns immediately. Then call wait_for_video again and again until the status is \
completed, failed or canceled. If a call of generate_video times out, call it again with the same idempotencyKey and the \
same arguments: it gives back the same video and is not paid twice.`

/** A server for one request: its tools are the caller's. */
export function mcpServer(asked: Asked) {
  const info = { name: 'photofinish', title: 'Photofinish', version: '1.0.0' }
  const capabilities = { tools: { listChanged: false } }
  const server = new McpServer(info, { instructions, capabilities })
  for (const tool of tools) {
    const { name, title, description, annotations, input, output } = tool
    server.registerTool(
      name,
      { title, description, annotations, inputSchema: described(input), outputSchema: output },
      (args, context) => run(tool, args, asked, context),
    )
  }
  return server
}

async function run(
  { scope, run: does }: Tool,
  args: unknown,
  { request, caller }: Asked,
  context: ServerContext,
): Promise<CallToolResult> {
  try {
    assertScope(caller, scope)
    const signal = AbortSignal.any([context.mcpReq.signal, request.signal])
    const tell = tellerOf(context)
    return { ...(await does(args ?? {}, { request, caller, signal, ...(tell && { tell }) })) }
  } catch (error) {
    return refusal(error, request)
  }
}

function assertScope({ scopes }: Caller, scope: Tool['scope']) {
  if (scope === 'any' || scopes?.includes(scope)) return
  throw new AppError('forbidden', { userMessage: message('errors.keyScope', { scope }) })
}

function tellerOf({ mcpReq: { _meta: meta, notify } }: ServerContext): Call['tell'] {
  const token = meta?.progressToken
  if (token === undefined) return undefined
  return (told) =>
    notify({ method: 'notifications/progress', params: { progressToken: token, ...told } })
}

/** The schema as clients read it. It is checked by the tool, which names every faulty field with what it takes. */
function described({ '~standard': { jsonSchema } }: z.ZodObject): StandardSchemaWithJSON {
  return {
    '~standard': {
      version: 1,
      vendor: 'photofinish',
      jsonSchema,
      validate: (value) => ({ value }),
    },
  }
}
