import { createParser } from 'eventsource-parser'
import type { FileView } from '#lib/contract/file-view'
import { now } from '../clock.ts'

/** Follows a file's event stream as a browser does, and remembers when each state was first told. */
export async function readStream(port: number, fileId: string, cookie: string) {
  const leave = new AbortController()
  const seen = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/events/file.${fileId}`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: leave.signal,
  })
  const parser = createParser({
    onEvent({ data }) {
      const { state } = (JSON.parse(data) as { object: FileView }).object
      if (!seen.has(state)) seen.set(state, now())
      waiting.get(state)?.(seen.get(state)!)
    },
  })
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }))
  }
  read().catch(() => {})
  return {
    /** When a state was told, as soon as it is. */
    async told(state: FileView['state']) {
      const at = seen.get(state)
      return at ?? new Promise<number>((resolve) => waiting.set(state, resolve))
    },
    close: () => leave.abort(),
  }
}
