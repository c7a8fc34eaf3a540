import { expect, test } from 'vitest'
import type { ChatMessage, ChatVideo } from '#lib/contract/chat'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { aModelView, aRouteView } from '../../../tests/support/generations/model-view.ts'
import {
  familyOf,
  seenHere,
  versionPrice,
  versionRequest,
  versionsOnCard,
  videosOf,
} from './versions.ts'

const video = (number: number, parent: number | null, messageId: string | null): ChatVideo => ({
  fileId: `file_${number}`,
  parentFileId: parent === null ? null : `file_${parent}`,
  number,
  messageId,
})

// 1 -> 3 (by a click) -> 4 (by a click); 1 -> 5 (in an answer of its own); 2 is alone; 6 is made of another chat's video.
const videos = [
  video(1, null, 'answer_a'),
  video(2, null, 'answer_a'),
  video(3, 1, null),
  video(4, 3, null),
  video(5, 1, 'answer_b'),
  video(6, 99, 'answer_c'),
]
const numbers = (found: ChatVideo[]) => found.map(({ number }) => number)

test('a family is all videos of the same origin', () => {
  expect(numbers(familyOf(videos, 'file_4'))).toEqual([1, 3, 4, 5])
  expect(numbers(familyOf(videos, 'file_2'))).toEqual([2])
  expect(numbers(familyOf(videos, 'file_6'))).toEqual([6])
})

test('a card holds the versions made outside the conversation, not those with a card of their own', () => {
  expect(numbers(versionsOnCard(videos, 'file_1'))).toEqual([1, 3, 4])
  expect(numbers(versionsOnCard(videos, 'file_5'))).toEqual([5])
})

test('a video of the running answer is known before the chat has recorded it', () => {
  const output = { fileId: 'file_7', fromFileId: 'file_2', number: 7 }
  const part = { type: 'tool-generateVideo', toolCallId: 'a', state: 'output-available', output }
  const message = { id: 'answer_d', role: 'assistant', parts: [part] } as unknown as ChatMessage
  const all = videosOf([message], videos)
  expect(numbers(all)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(numbers(familyOf(all, 'file_7'))).toEqual([2, 7])
})

const latin = aRouteView({
  price: { perRunUsd: 0.4, perSecondUsd: 0 },
  supports: { anyLanguage: false },
})
const seeded = aRouteView({
  provider: 'p2',
  price: { perRunUsd: 1.2, perSecondUsd: 0 },
  supports: { seed: true },
})
const models = [aModelView({ id: 'm', routes: [latin, seeded] })]
const { settings } = aFileView()

const price = (maxUsd: number | null, changes = {}) => {
  const own = { model: 'm', resolution: '720p', duration: 8, generateAudio: false } as const
  return versionPrice({ settings: { ...settings, ...own, maxUsd } }, models, changes)
}

test('the seed of the video before does not raise the price', () =>
  expect(price(null)).toEqual({ usd: 0.4, upToUsd: 1.2 }))

test('the price is that of the edited prompt', () =>
  expect(price(null, { prompt: 'лиса' })).toEqual({ usd: 1.2, upToUsd: 1.2 }))

test('the limit of the video holds, unless no provider makes it for so little', () => {
  expect(price(0.5)).toEqual({ usd: 0.4, upToUsd: 0.4 })
  expect(price(0.1)).toEqual({ usd: 0.4, upToUsd: 1.2 })
})

test('an unknown model has no price', () => expect(price(null, { model: 'x' })).toBeNull())

const { cost } = aFileView()
const view = aFileView({ cost: { ...cost, estimatedUsd: 0.4, upToUsd: 1.2 } })

test('the price that was shown is the limit, fallback included', () =>
  expect(versionRequest(view, { usd: 0.5, upToUsd: 1.5 }, { prompt: 'a dog' })).toEqual({
    fromFileId: view.id,
    prompt: 'a dog',
    maxUsd: 1.5,
  }))

test('without a price the limit is what the video before was quoted', () =>
  expect(versionRequest(view, null)).toEqual({ fromFileId: view.id, maxUsd: 1.2 }))

const finishedAt = '2026-11-21T00:00:10.000Z'
const finished = aFileView({ status: 'completed', state: 'completed', finishedAt })
const at = (ms: number) => Date.parse(finishedAt) + ms

test('a followed video was delivered by the channel heard last', () => {
  const seen = seenHere(finished, [
    { via: 'poll', at: at(-5000) },
    { via: 'sse', at: at(200) },
  ])
  expect(seen).toMatchObject({ deliveredBy: 'sse', deliveredAfterMs: 200 })
})

test('a video that was ready before it was opened is as the server has it', () => {
  expect(seenHere(finished, [{ via: 'poll', at: at(3_600_000) }])).toBe(finished)
})
