import type { ServerResponse } from 'node:http'
import type { Answer } from './emulator.ts'

/** Sends an answer, as JSON where it is some. */
export function sendAnswer(
  response: ServerResponse,
  { status = 200, headers, json, text }: Answer,
) {
  const isJson = json !== undefined
  response.writeHead(status, {
    'content-type': isJson ? 'application/json' : 'text/html',
    ...headers,
  })
  response.end(isJson ? JSON.stringify(json) : (text ?? ''))
}
