import { createServer } from 'node:http'
import { answer } from '../answer.ts'
import { listen } from './listen.ts'

// The least a Node server can do for a poll: the same JSON for every request.

answer({
  listen(json: string) {
    const body = Buffer.from(json)
    const headers = {
      'content-type': 'application/json',
      'cache-control': 'private, no-store',
      'content-length': body.length,
    }
    return listen(createServer((_request, response) => response.writeHead(200, headers).end(body)))
  },
})
