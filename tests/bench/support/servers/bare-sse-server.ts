import { type ServerResponse, createServer } from 'node:http'
import { answer } from '../answer.ts'
import { listen } from './listen.ts'

// The least a Node server can do for event streams: keep the responses, write to each. No owner, no row, no cursor.

const streams = new Set<ServerResponse>()
const server = createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 2000\n: open\n\n')
  streams.add(response)
  response.once('close', () => streams.delete(response))
})

answer({
  listen: () => listen(server),
  publish(message: string) {
    const bytes = Buffer.from(message)
    for (const stream of streams) stream.write(bytes)
  },
})
