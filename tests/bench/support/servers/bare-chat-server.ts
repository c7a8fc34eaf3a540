import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  type UIMessage,
  convertToModelMessages,
  isStepCount,
  pipeUIMessageStreamToResponse,
  streamText,
  toUIMessageStream,
  tool,
} from 'ai'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { z } from 'zod'
import { answer } from '../answer.ts'
import { listen } from './listen.ts'

// The least a Node server can do with the AI SDK: the same model and a tool of the same shape, but no session, no
// database, and nothing that survives the request.

answer({
  listen(baseURL: string) {
    const model = createOpenAICompatible({ name: 'chat', baseURL })('bench')
    const generateVideo = tool({
      inputSchema: z.object({ prompt: z.string(), aspectRatio: z.string() }),
      execute: ({ prompt }) => ({ fileId: 'file_0', prompt }),
    })
    const reply = async (request: IncomingMessage, response: ServerResponse) => {
      let body = ''
      for await (const piece of request) body += String(piece)
      const { message } = JSON.parse(body) as { message: UIMessage }
      const result = streamText({
        model,
        messages: await convertToModelMessages([message]),
        tools: { generateVideo },
        stopWhen: isStepCount(8),
      })
      await pipeUIMessageStreamToResponse({
        response,
        stream: toUIMessageStream({ stream: result.stream }),
      })
    }
    return listen(createServer((request, response) => void reply(request, response)))
  },
})
