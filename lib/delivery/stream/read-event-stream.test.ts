import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FileEvent } from '#lib/contract/file-view'
import { encodeMessage, encodeOpening, encodeView, heartbeat } from '../../events/encode-event.ts'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { readEventStream } from './read-event-stream.ts'
import { anyText } from '../../../tests/support/any-text.ts'

const event = fc.record({
  type: fc.constantFrom('file', 'render_progress', 'task_status', 'error'),
  object: fc.dictionary(fc.string(), fc.oneof(anyText(), fc.integer(), fc.boolean())),
}) as fc.Arbitrary<FileEvent>

/** Cuts bytes at arbitrary places, in the middle of a character too. */
function cut(bytes: Uint8Array, places: number[]) {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length]
  ends.sort((a, b) => a - b)
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
}

async function read(chunks: Uint8Array[], options: { hang?: boolean; silenceMs?: number } = {}) {
  const events: FileEvent[] = []
  const retries: number[] = []
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (!options.hang) controller.close()
    },
  })
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  const end = await readEventStream({
    url: '/stream',
    lastEventId: '',
    signal: new AbortController().signal,
    fetch: async (_url, init) => {
      init?.signal?.addEventListener('abort', () => void body.cancel().catch(() => {}))
      return new Response(abortable(body, init?.signal ?? undefined), { headers })
    },
    onBytes: () => {},
    onEvent: (one) => events.push(one),
    onRetry: (ms) => retries.push(ms),
    ...(options.silenceMs && { silenceMs: options.silenceMs }),
  })
  return { events, retries, end }
}

/** What a real fetch does with its body when its signal is aborted. */
function abortable(body: ReadableStream<Uint8Array>, signal: AbortSignal | undefined) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  void body.pipeTo(writable, signal ? { signal } : {}).catch(() => {})
  return readable
}

describe('encoder and reader', () => {
  test('agree on every event, wherever the bytes are cut', async () => {
    const streams = fc.tuple(
      fc.array(event, { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 40 }),
    )
    await fc.assert(
      fc.asyncProperty(streams, async ([sent, places]) => {
        const text =
          encodeOpening(500) + sent.map((one) => encodeMessage(one, '7') + heartbeat).join('')
        const { events, retries, end } = await read(cut(new TextEncoder().encode(text), places))
        expect(events).toEqual(sent.map((one) => JSON.parse(JSON.stringify(one))))
        expect(retries).toEqual([500])
        expect(end).toBe('ended')
      }),
      { numRuns: 150 },
    )
  })

  test('survive single bytes and CRLF', async () => {
    const view = aFileView({ settings: { ...aFileView().settings, prompt: 'лиса 🦊 в снегу' } })
    const text = encodeView(view, '3').replaceAll('\n', '\r\n')
    const single = Array.from(new TextEncoder().encode(text), (byte) => Uint8Array.of(byte))
    const { events } = await read(single)
    expect(events).toEqual([{ type: 'file', object: view }])
  })

  test('tell a finished video twice: as a result with its link, then as a file with the cursor', () => {
    const text = encodeView(aFileView({ status: 'completed', url: '/v.mp4' }), '9')
    expect(text.match(/"type":"(\w+)"/g)).toEqual([
      '"type":"render_result"',
      '"type":"video"',
      '"type":"file"',
      '"type":"video"',
    ])
    expect(text.match(/^id: /gm)).toHaveLength(1)
    expect(text).toContain('"file_url":"/v.mp4"')
  })
})

describe('the reader', () => {
  test('passes over what is no event of ours', async () => {
    const text =
      'data: not json\n\ndata: {"type":"nonsense","object":{}}\n\ndata: {"type":"file","object":{"id":"x"}}\n\n'
    const { events } = await read([new TextEncoder().encode(text)])
    expect(events).toEqual([{ type: 'file', object: { id: 'x' } }])
  })

  test('gives up on a stream that is silent for too long', async () => {
    const opening = new TextEncoder().encode(encodeOpening(1))
    await expect(read([opening], { hang: true, silenceMs: 50 })).rejects.toThrow()
  })

  test.each([
    [204, undefined, 'nothing'],
    [503, 'text/html', 'refused'],
    [200, 'text/html', 'refused'],
  ])('an answer of %i %s is "%s"', async (status, type, expected) => {
    const end = await readEventStream({
      url: '/stream',
      lastEventId: '',
      signal: new AbortController().signal,
      fetch: async () =>
        new Response(status === 204 ? null : '<html>', {
          status,
          headers: type ? { 'content-type': type } : {},
        }),
      onBytes: () => expect.unreachable(),
      onEvent: () => expect.unreachable(),
      onRetry: () => {},
    })
    expect(end).toBe(expected)
  })
})
