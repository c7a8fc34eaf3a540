import { afterAll, beforeAll, expect, test } from 'vitest'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import type { Json, ProviderContext, ProviderSign } from '../provider.ts'
import { createTestbed, start, testContext, testRequest } from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

async function signsOf(operation: Json, context = testContext()) {
  const signs: ProviderSign[] = []
  for await (const sign of bed.provider.watch!(operation, context)) signs.push(sign)
  return signs
}

/** A context whose stream says this, in pieces of a few bytes. */
function contextSaying(text: string): ProviderContext {
  const bytes = new TextEncoder().encode(text)
  const fetch = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7))
          controller.close()
        },
      }),
    )
  return testContext({ fetch })
}

test('tells the progress as it is, then that there is news', async () => {
  const prompt = 'watched #superduperai:seconds=2'
  const signs = await signsOf(await start(bed.provider, testRequest({ prompt })))
  const progress = signs.filter(({ isNews }) => !isNews).map(({ progress }) => progress)
  expect(progress.slice(0, 3)).toEqual([0, 20, 40])
  expect(signs.slice(-3)).toEqual([{ isNews: true }, { isNews: true }, { isNews: true }])
})

test('has news of a failure, too', async () => {
  const operation = await start(bed.provider, testRequest({ prompt: '#superduperai:fail' }))
  expect((await signsOf(operation)).at(-1)).toEqual({ isNews: true })
})

test('ends at once where the stream answers 524', async () => {
  const operation = await start(bed.provider, testRequest({ prompt: '#superduperai:sse-524' }))
  expect(await signsOf(operation)).toEqual([])
})

test('ends where the stream breaks off', async () => {
  const operation = await start(bed.provider, testRequest({ prompt: '#superduperai:sse-cut' }))
  expect(await signsOf(operation)).toEqual([{ progress: 0, isNews: false }])
})

test('ends where nothing listens', async () => {
  const provider = bed.createProvider({ baseUrl: closedAddress })
  for await (const sign of provider.watch!({ fileId: 'f' }, testContext()))
    throw new Error(JSON.stringify(sign))
})

test('ends when it is canceled', async () => {
  const operation = await start(bed.provider, testRequest({ prompt: '#superduperai:never' }))
  const controller = new AbortController()
  const signs = []
  for await (const sign of bed.provider.watch!(
    operation,
    testContext({ signal: controller.signal }),
  )) {
    signs.push(sign)
    controller.abort()
  }
  expect(signs).toHaveLength(1)
})

test('may be left in the middle', async () => {
  const operation = await start(bed.provider, testRequest({ prompt: 'left #superduperai:never' }))
  for await (const sign of bed.provider.watch!(operation, testContext())) {
    expect(sign).toEqual({ progress: 0, isNews: false })
    break
  }
})

test('hears what it knows and nothing else', async () => {
  const events = [
    ': a comment',
    'data: {"type":"render_progress","object":{"progress":0.5}}',
    'data: {"type":"render_progress","object":{"progress":100}}',
    'data: {"type":"render_progress","object":{"progress":101}}',
    'data: {"type":"render_progress","object":{"progress":"50"}}',
    'data: {"type":"render_progress"}',
    'data: {"type":"scene","object":{"title":"ü"}}',
    'data: {"type":"nonsense"}',
    'data: no JSON',
    'data: null',
    'data: {"type":"task"}',
  ]
  expect(await signsOf({ fileId: 'f' }, contextSaying(`${events.join('\n\n')}\n\n`))).toEqual([
    { progress: 0.5, isNews: false },
    { progress: 100, isNews: false },
    { isNews: true },
  ])
})

test('ends where an event is larger than a megabyte', async () => {
  const pieces = [`data: ${'x'.repeat(2_000_000)}`, '\n\n', 'data: {"type":"task"}\n\n']
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
  })
  const context = testContext({ fetch: async () => new Response(body) })
  expect(await signsOf({ fileId: 'f' }, context)).toEqual([])
})
