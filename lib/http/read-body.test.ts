import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { problemResponse } from './problem-response.ts'
import { readBytes, readJson } from './read-body.ts'

function requestOf(body: ReadableStream<Uint8Array>) {
  const init = { method: 'POST', body, duplex: 'half' } as const
  return new Request('http://localhost/api/image', init)
}

test('S17: a client that leaves in the middle of its body is no trouble of ours', async () => {
  const gone = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(gone)
    },
  })
  const error: unknown = await readBytes(requestOf(body), 100).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'invalid_input', cause: gone })
  expect(problemResponse(error, { headers: new Headers() }).status).toBe(400)
})

test('a body that grows too large is read no further', async () => {
  let pulled = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(60))
    },
  })
  await expect(readBytes(requestOf(body), 100)).rejects.toMatchObject({ code: 'payload_too_large' })
  expect(pulled).toBeLessThan(5)
})

test('S12: a value that the database cannot keep is the request’s fault', () => {
  const refused = Object.assign(new Error('Failed query'), {
    cause: Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), {
      code: '22021',
    }),
  })
  expect(problemResponse(refused, { headers: new Headers() }).status).toBe(400)
})

const json = { 'content-type': 'application/json' }
const sent = (body: BodyInit) =>
  readJson(new Request('http://localhost/api/x', { method: 'POST', headers: json, body }))

test.each([
  ['Latin-1', Buffer.from('{"prompt":"café"}', 'latin1')],
  ['half of a letter', Buffer.from('{"prompt":"é"}').subarray(0, 12)],
  ['UTF-16', Buffer.from('\ufeff{"prompt":"a"}', 'utf16le')],
  ['what is compressed', gzipSync('{"prompt":"a"}')],
])('no letter of a prompt is lost in silence: %s is refused', async (_what, bytes) => {
  await expect(sent(new Uint8Array(bytes))).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'The body is not UTF-8 text. Send it as UTF-8, without compression.',
  })
})

test('letters of all scripts arrive as they are, with a byte order mark before them or not', async () => {
  const prompt = 'café 日本 😀 שלום'
  expect(await sent(JSON.stringify({ prompt }))).toEqual({ prompt })
  expect(await sent(`\ufeff${JSON.stringify({ prompt })}`)).toEqual({ prompt })
})
